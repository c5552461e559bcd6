import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read } from "../../../server/src/read/read";
import { JsonBytes, Plain } from "../../../server/src/show/jsonBytes";
import { ReportLines } from "../../../server/src/show/reportLines";
import { ranges, reportItems } from "../../../server/src/show/toSource";
import { printableJson } from "../../../server/src/words/printable";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

const text = (bytes: readonly Uint8Array[]): string => Buffer.concat(bytes).toString("utf8");

const codesOf = (source: string): Uint16Array =>
  Uint16Array.from({ length: source.length }, (_, i) => source.charCodeAt(i));

const PATH = 'a "b" \u{1f600}\u202e.txt';

function written(source: string): string {
  const reading = read(source);
  const lines = new ReportLines(PATH, ranges(reading), codesOf);
  lines.reading(reading, () => true);
  return text(lines.finish());
}

/** The same through objects. */
function expected(source: string): string {
  const reading = read(source);
  const items = [...reportItems(reading, ranges(reading))];
  const lines = items.map(({ type, item }) => JSON.stringify({ type, path: PATH, ...item }));
  return printableJson(lines.map((line) => `${line}\n`).join(""));
}

describe("the lines of a report are those of its public form", () => {
  test.each([...filesBelow("test/fixtures"), ...filesBelow("examples")])("%s", (file) => {
    const source = readFileSync(file, "utf8");
    expect(written(source)).toBe(expected(source));
  });

  test("in a text with signs that JSON or a terminal takes for more than that", () => {
    const source = `#0  0x00007f29 in f (s="a\\"b\\\\c\\té\u{1f600}\u202e\u009b\ud800", big=99999999999) at ü.c:2147483648
[Fri Nov 20 21:37:43.017139 2026] [core:error] [pid 1:tid 2] AH00000: "\u2028\x1b[0m \ud83d \u{1f600}"
`;
    expect(written(source)).toBe(expected(source));
    expect(written(source)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
  });
});

describe("bytes of JSON", () => {
  const bytesOf = (write: (json: JsonBytes) => void): string => {
    const json = new JsonBytes();
    write(json);
    return text(json.finish());
  };

  test("of any string are its JSON, safe for a terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (string) => {
        expect(bytesOf((json) => json.string(string))).toBe(printableJson(JSON.stringify(string)));
      }),
    );
  });

  test.each([0, 7, 10, 99, 100, 999_999_999, 1e9, 2 ** 31, 2 ** 53, 1e21, -1, 0.5, -0, null])(
    "of the number %s",
    (number) => {
      expect(bytesOf((json) => json.number(number))).toBe(JSON.stringify(number));
    },
  );

  test("go on over portions, however long a piece is", () => {
    const END = Plain.of("\n");
    const pieces = Array.from({ length: 40 }, (_, i) =>
      "x".repeat(i % 8 === 0 ? 1_000_000 : 30_000),
    );
    const bytes = bytesOf((json) => {
      for (const piece of pieces) {
        json.string(piece);
        json.endLine(END);
      }
    });
    expect(bytes === pieces.map((piece) => `"${piece}"\n`).join("")).toBe(true);
  });
});
