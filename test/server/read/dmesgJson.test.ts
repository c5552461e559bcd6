import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";

test("the objects of dmesg --json are read line by line, whose message stands by itself", () => {
  const text = readFileSync("test/fixtures/kernel/dmesg-json.txt", "utf8");
  const reading = read(text);
  expect(reading.records.map(({ kind, fields }) => `${kind} ${fields.process}`)).toEqual([
    "segfault kc_null_read",
    "segfault kc_jump_null",
    "trap kc_div_zero",
    "segfault kc_lib_call",
  ]);
  const shown = reading.records.map(({ span }) => {
    const { from, to } = place(reading, span);
    return text.slice(from, to);
  });
  expect(shown[1]).toMatch(/^kc_jump_null\[26781\]: segfault at 0 .* socket 0\)$/);
});
