import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { entriesTouching } from "../../../server/src/features/entries/entry";
import { highlights } from "../../../server/src/features/highlights";
import { hover } from "../../../server/src/features/hover/hover";
import { inlayHints } from "../../../server/src/features/inlayHints";
import { threadAt } from "../../../server/src/features/locate";
import { completions } from "../../../server/src/features/next/completion";
import { selection } from "../../../server/src/features/selection";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { cleanStack } from "../../../server/src/features/summary";
import type { Reading } from "../../../server/src/read/model";
import { PiecedText } from "../../../server/src/read/piecedText";
import { read } from "../../../server/src/read/read";
import { reread } from "../../../server/src/read/reread";
import { damagedFleet, kernelSyslog } from "../../bench/texts";

const fixture = (path: string): string => readFileSync(path, "utf8");

const TEXTS: readonly (readonly [string, string])[] = [
  ["a fleet", fixture("examples/backtraces.save").repeat(20)],
  ["bt full", fixture("test/fixtures/gdb/13.1/mt-run.txt").repeat(20)],
  ["Apache's log", fixture("test/fixtures/apache/event-2.4.71.error.log").repeat(20)],
];

/** The text with a letter typed at the place, read again around it. */
function typedInto(text: string, at: number): Reading {
  const before = read(text);
  const edited = PiecedText.of(text).edited(at, at, "x");
  return reread(before, edited, { from: at, to: at, inserted: "x" });
}

/** What an editor asks around a place after each key. */
function answers(reading: Reading, at: number): unknown[] {
  const part = { from: at - 1000, to: at + 1000 };
  const thread = threadAt(reading, at)?.thread;
  const judgement = { sources: [], findings: [], hypotheses: [] };
  return [
    semanticTokens(reading, part),
    inlayHints(reading, part),
    hover(reading, at),
    highlights(reading, at),
    selection(reading, at),
    completions(judgement, { path: "a", reading }, at),
    thread && cleanStack(reading, thread),
  ];
}

afterEach(() => {
  vi.restoreAllMocks();
});

const DAMAGED: readonly (readonly [string, string])[] = [
  ["a quoted and wrapped fleet", damagedFleet(60_000)],
  ["the kernel's log in syslog", kernelSyslog(60_000)],
];

test.each([...TEXTS, ...DAMAGED])(
  "after a key in %s, answers about a place put no text together",
  (_, text) => {
    const places = [0.2, 0.4, 0.5, 0.51, 0.7].map((part) => Math.floor(text.length * part));
    const typed = places.map((at) => typedInto(text, at));
    const puttingTogether = vi.spyOn(PiecedText.prototype, "toString");
    const found = places.map((at, i) => answers(typed[i] as Reading, at + 60));
    expect(puttingTogether).not.toHaveBeenCalled();
    for (const [i, at] of places.entries()) {
      const afresh = read(`${text.slice(0, at)}x${text.slice(at)}`);
      expect(found[i]).toEqual(answers(afresh, at + 60));
    }
  },
);

test.each([...TEXTS, ...DAMAGED])(
  "the entries that touch a part of %s are those of all that do",
  (_, text) => {
    const reading = typedInto(text, text.length >> 1);
    for (let from = 0; from < text.length; from += 777) {
      for (const to of [from, from + 1, from + 1500]) {
        const touching = reading.records.filter(({ span }) => span.from < to && from < span.to);
        expect(entriesTouching(reading, { from, to })).toEqual(touching);
      }
    }
  },
);
