import { expect, test } from "vitest";
import { matchedPlaces, matchesTitle } from "../../../../server/src/features/noteDocuments/matches";
import { findAll } from "../../../../server/src/find/find";
import type { Note } from "../../../../server/src/notes/note";
import { parseNote } from "../../../../server/src/notes/parse";
import { read } from "../../../../server/src/read/read";
import { log } from "../../fixture";
import { FRAMES, teamNote } from "../../notes/teamNote";

const fleet = [311, 312, 313].map(
  (pid) => log`
    === pid ${String(pid)} ===
    #0  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
    #1  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
  `,
);

const sources = [
  { path: "a", reading: read(fleet.join("")) },
  { path: "b", reading: read(fleet[0] ?? "") },
];

const places = (match: string): string[] =>
  matchedPlaces(parseNote(teamNote(match)).note as Note, sources, findAll(sources)).map(
    ({ source, span }) => `${source.path} ${source.reading.clean.text.slice(span.from, span.to)}`,
  );

test("each match counts once, by its first place, in all texts", () => {
  const found = places(FRAMES);
  expect(found).toHaveLength(4);
  expect(new Set(found)).toEqual(
    new Set(
      ["a", "b"].map(
        (path) => `${path} #0  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72`,
      ),
    ),
  );
});

test("several conditions at one place are one place; what is not there has none", () => {
  expect(
    places("match:\n  any: [{ frames: [stock_ask] }, { frames: [stock_ask, checkout_run] }]"),
  ).toHaveLength(4);
  expect(places("match:\n  none: [{ frames: [nobody] }]")).toEqual([]);
  expect(places("match:\n  frames: [nobody]")).toEqual([]);
});

test("the count is told in words", () => {
  expect([0, 1, 14].map(matchesTitle)).toEqual([
    "matches nothing in the open documents",
    "matches 1 place in open documents",
    "matches 14 places in open documents",
  ]);
});
