import { expect, test } from "vitest";
import { functionSymbols } from "../../../server/src/features/workspaceSymbols";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

const reading = read(log`
  === pid 1 ===
  #0  0x01 in fib (n=1) at fib.c:3
  #1  0x01 in fib (n=2) at fib.c:3
  #2  0x02 in ?? ()
  #3  0x04 in main () at main.c:9
  === pid 2 ===
  #0  0x05 in std::vector<int>::at (this=0x1, n=9) at vector.h:1
  #1  0x04 in main () at main.c:9
`);

const search = (query: string) =>
  functionSymbols(reading, query).map(({ name, detail }) => `${name} ${detail}`);

test("an empty query lists every named function once, those on most stacks first", () => {
  expect(search("")).toEqual([
    "main on 2 stacks",
    "fib on 1 stack",
    "std::vector<int>::at on 1 stack",
  ]);
});

test("the letters of the query may stand apart and in either case", () => {
  expect(search("VECat")).toEqual(["std::vector<int>::at on 1 stack"]);
});

test("letters in another order do not match", () => {
  expect(search("nima")).toEqual([]);
});

test("a symbol stands at the innermost frame of its function", () => {
  const [fib] = functionSymbols(reading, "fib");
  expect(reading.text.slice((fib?.span.from ?? 0) - 12, fib?.span.to)).toBe("#0  0x01 in fib");
});
