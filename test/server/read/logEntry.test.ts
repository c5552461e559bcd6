import { describe, expect, test } from "vitest";
import { plainRecord } from "../../../server/src/read/logEntry";
import { hasLongNumber } from "../../../server/src/read/longNumbers";
import { Mover } from "../../../server/src/read/moved";
import { PiecedText } from "../../../server/src/read/piecedText";
import { read } from "../../../server/src/read/read";
import { reread } from "../../../server/src/read/reread";
import { fixture } from "./logs";

const LOGS = [
  "apache/event-2.4.71.error.log",
  "lighttpd/error-1.4.69-debian12.log",
  "kernel/dmesg-segfaults.txt",
];

describe.each(LOGS)("the entries of %s", (name) => {
  const text = fixture(name);
  const reading = read(text);

  test("say all of it as JSON, too", () => {
    const properties = [
      "format kind time severity pid tid module source code message fields span crash frames culprit",
    ];
    for (const record of reading.records) {
      expect(Object.keys(JSON.parse(JSON.stringify(record))).join(" ")).toBe(properties[0]);
      expect(JSON.parse(JSON.stringify(record))).toEqual(plainRecord(record));
    }
  });

  test("keep their fields once somebody asked", () => {
    for (const record of reading.records) expect(record.fields).toBe(record.fields);
  });

  test("say the same in a text that they stand elsewhere in", () => {
    const lead = "one more line\n";
    const mover = Mover.to(lead + text, lead.length);
    const said = reading.records.map((record) => {
      const { span, ...rest } = plainRecord(mover.record(record));
      return { ...rest, span: { from: span.from - lead.length, to: span.to - lead.length } };
    });
    expect(said).toEqual(
      reading.records.map(plainRecord).map(({ span, ...rest }) => ({ ...rest, span })),
    );
  });
});

test.each([
  ["1234567890123456", true],
  ["pid 12345678901234567890 of this", true],
  ["12345678901234 123456789012345", false],
  ["a 123456789012345 b 123456789012345", false],
  ["no digits at all in a line that is long enough", false],
  ["", false],
])("%j may hold a number that is too large: %s", (text, expected) => {
  for (let before = 0; before < 20; before++) {
    const padded = `${"7".repeat(20)}${" ".repeat(before + 1)}${text}`;
    expect(hasLongNumber(padded, 20, padded.length)).toBe(expected);
  }
});

test("a moved entry reads its fields anew", () => {
  const text = fixture("apache/event-2.4.71.error.log");
  const before = read(text);
  const fields = before.records.map((record) => record.fields);
  const change = { from: text.length, to: text.length, inserted: "x" };
  const after = reread(before, PiecedText.of(`${text}x`), change);
  const [first] = after.records;
  expect(first?.fields).toEqual(fields[0]);
  // A field may be a piece of a text that is let go of after many edits, and a piece keeps the whole in memory.
  expect(first?.fields).not.toBe(fields[0]);
});
