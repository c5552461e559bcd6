import { expect, test } from "vitest";
import { memoryAnswers } from "../../../server/src/find/locks/memory";
import { read } from "../../../server/src/read/read";
import { atOnce } from "../../../server/src/read/steps";

const ROW = "0x7f29a4f3ce30 <lock>:\t2\t1\t311\t1";

/** The rows of a mutex that a text holds, as they stand there. */
function rowsIn(text: string): string[] {
  const reading = read(text);
  const found = atOnce(memoryAnswers(reading, new Set(["0x7f29a4f3ce30"])));
  return found.map(({ span }) => reading.clean.text.slice(span.from, span.to));
}

test("the memory of a mutex stands at the start of a line or behind up to eight prompts", () => {
  const prompts = (count: number): string => "(gdb) ".repeat(count);
  for (const count of [0, 1, 2, 8])
    expect(rowsIn(`what\n${prompts(count)}${ROW}\nmore\n`)).toEqual([`${prompts(count)}${ROW}`]);
  expect(rowsIn(`what\n${prompts(9)}${ROW}\nmore\n`)).toEqual([]);
  expect(rowsIn(`what ${ROW}\n`)).toEqual([]);
  expect(rowsIn(`what (gdb) ${ROW}\n`)).toEqual([]);
});

test("each row is found once, from the first line of a text to the last", () => {
  const text = [ROW, `(gdb) ${ROW}`, "(gdb) x/4dw lock", ROW, `(gdb)  (gdb)${ROW}`].join("\n");
  expect(rowsIn(text)).toEqual([ROW, `(gdb) ${ROW}`, ROW, `(gdb)  (gdb)${ROW}`]);
});
