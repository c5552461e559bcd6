import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixture, type Log, readApache, readLighttpd, readTables } from "./logs";

const READERS: readonly [string, (text: string) => Log, readonly string[]][] = [
  ["Apache", readApache, pieces(fixture("apache/event-2.4.71.error.log"))],
  ["lighttpd", readLighttpd, pieces(fixture("lighttpd/joined-1.4.13-to-1.4.18.log"))],
  ["ps", readTables, pieces(fixture("tables/ps-joined-1.4.13.txt"))],
  ["ipcs", readTables, pieces(fixture("tables/ipcs.txt"))],
];

/** Words, brackets and line breaks of a real text, to be put together anew. */
function pieces(text: string): string[] {
  return [
    ...new Set(text.slice(0, 4000).match(/\w+|\s+|[^\w\s]/g)),
    "\n",
    "\r\n",
    "\t",
    "#0 ",
    "[",
    "0".repeat(40),
  ];
}

/** Real text with parts of it lost, doubled and out of place. */
const damaged = (parts: readonly string[]) =>
  fc
    .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 12 })), { maxLength: 120 })
    .map((all) => all.join(""));

describe.each(READERS)("damaged text of %s", (_, read, parts) => {
  test("is read without a fault, in sections that follow each other", () => {
    fc.assert(
      fc.property(damaged(parts), (text) => {
        const { sections, text: clean } = read(text);
        const edges = sections.flatMap(({ span }) => [span.from, span.to]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        expect(edges.at(-1) ?? 0).toBeLessThanOrEqual(clean.length);
      }),
    );
  });

  test("has every record and row inside a section", () => {
    fc.assert(
      fc.property(damaged(parts), (text) => {
        const { sections, records, tables } = read(text);
        const spans = [...records, ...tables.flatMap((table) => table.rows)].map(
          ({ span }) => span,
        );
        const isInside = ({ from, to }: { from: number; to: number }) =>
          sections.some(({ span }) => span.from <= from && to <= span.to);
        expect(spans.filter((span) => !isInside(span))).toEqual([]);
      }),
    );
  });
});

test.each([
  "libgomp: ",
  "2008-01-09 11:20:17: (",
  " for /",
  "AH00171: ",
  "[client ",
  "(1)a",
  "UID PID CMD ",
  "child pid 1 exit signal ",
])("a line that says nothing but %j, many thousand times, is read to its end", (part) => {
  const text = `[Fri Nov 20 21:38:11 2026] [error] ${part.repeat(30_000)}`;
  expect(readApache(text).records.length).toBeGreaterThan(0);
  expect(
    readLighttpd(`2008-01-09 11:20:17: (a.c.1) ${part.repeat(30_000)}`).records.length,
  ).toBeGreaterThan(0);
  expect(readTables(`PID TTY TIME CMD ${part.repeat(30_000)}`).tables).toEqual([]);
});
