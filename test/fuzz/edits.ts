import fc from "fast-check";
import { changeBetween } from "../../server/src/read/change";
import type { Reading } from "../../server/src/read/model";
import { PiecedText } from "../../server/src/read/piecedText";
import { read } from "../../server/src/read/read";
import { renewalOf } from "../../server/src/read/renewal";
import { reread } from "../../server/src/read/reread";
import { said } from "../server/read/said";
import { HOSTILE } from "./mutate";

/** One edit; its place is a share of the text, so that it fits every text. */
export interface Stroke {
  readonly at: number;
  readonly atLine: boolean;
  readonly length: number;
  readonly inserted: string;
}

/** A text that is opened, and what is done to it. */
export interface Edited {
  readonly text: string;
  readonly strokes: readonly Stroke[];
}

/** Only of longer texts less than all is read again. */
const LONG_ENOUGH = 40_000;

/** A document of several kept texts, and edits that type, delete and paste in it. */
export function edited(corpus: readonly string[]): fc.Arbitrary<Edited> {
  const line = fc.tuple(fc.constantFrom(...corpus), fc.nat()).map(([text, i]) => {
    const lines = text.split("\n");
    return `${lines[i % lines.length]}\n`;
  });
  const inserted = fc.oneof(
    fc.constantFrom("", " ", "\n", "x", "0", "#", "(", ")", '"'),
    line,
    fc.array(line, { maxLength: 12 }).map((lines) => lines.join("")),
    fc.constantFrom(...HOSTILE),
  );
  const stroke = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    atLine: fc.boolean(),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300), fc.nat(5000)),
    inserted,
  });
  return fc.record({
    text: fc
      .tuple(
        fc.array(fc.constantFrom(...corpus), { minLength: 2, maxLength: 12 }).map(longEnough),
        fc.constantFrom(...DRESSES),
      )
      .map(([text, dress]) => dress(text)),
    strokes: fc.array(stroke, { minLength: 1, maxLength: 6 }),
  });
}

const eachLine =
  (change: (line: string) => string) =>
  (text: string): string =>
    text.split("\n").map(change).join("\n");

/** What mailers, terminals and log shippers make of a text. */
const DRESSES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text.replace(/\n/g, "\r\n"),
  eachLine((line) => `> ${line}`),
  eachLine((line) => `Nov 20 21:37:44 web1 httpd[311]: ${line}`),
  eachLine((line) => `2026-11-20T21:37:44.003Z stdout F ${line}`),
  eachLine((line) => JSON.stringify({ log: `${line}\n`, stream: "stderr" })),
  eachLine((line) => line.replace(/.{80}(?=.)/g, "$&\n")),
  eachLine((line) => line.replace(/0x[0-9a-f]{4,16}/g, "\x1b[34m$&\x1b[m")),
];

function longEnough(texts: readonly string[]): string {
  const text = texts.map((each) => each.slice(0, LONG_ENOUGH)).join("\n");
  return text.repeat(Math.ceil(LONG_ENOUGH / (text.length + 1)));
}

/** What is wrong after the edits: whatever reading the text afresh says otherwise. */
export function faultsOfEdits({ text, strokes }: Edited): string[] {
  let reading = read(text);
  for (const [i, stroke] of strokes.entries()) {
    reading = afterEdit(reading, stroke);
    const [now, fresh] = [said(reading), said(read(reading.text))];
    if (now !== fresh) return [`edit ${i}: ${firstDifference(now, fresh)}`];
  }
  return [];
}

/** The edit as the server sees it. */
function afterEdit(reading: Reading, { at, atLine, length, inserted }: Stroke): Reading {
  const { text } = reading;
  const place = Math.floor(at * text.length);
  const from = atLine ? text.indexOf("\n", place) + 1 : place;
  const edited = text.slice(0, from) + inserted + text.slice(from + length);
  const change = changeBetween(text, edited);
  const pieced = renewalOf(reading)?.original ?? PiecedText.of(text);
  return reread(reading, pieced.edited(change.from, change.to, change.inserted), change);
}

function firstDifference(one: string, other: string): string {
  let at = 0;
  while (one[at] === other[at]) at++;
  return `${one.slice(Math.max(0, at - 60), at + 40)} <> ${other.slice(at, at + 40)}`;
}
