import { expect, test } from "vitest";
import { codeActions } from "../../../server/src/features/codeActions";
import { applyChanges } from "../../../server/src/features/format";
import { read } from "../../../server/src/read/read";
import { atOnce } from "../../../server/src/read/steps";
import { extractCursor, log } from "../fixture";

function actionsAt(marked: string) {
  const { text, offset } = extractCursor(marked);
  return { text, actions: atOnce(codeActions(read(text), { from: offset, to: offset })) };
}

const titlesAt = (marked: string) => actionsAt(marked).actions.map(({ title }) => title);

/** The text after the action with this title. */
function after(title: string, marked: string): string {
  const { text, actions } = actionsAt(marked);
  const action = actions.find((candidate) => candidate.title === title);
  if (action?.kind !== "unwrap") throw new Error(`no action ${title}`);
  return applyChanges(text, action.changes);
}

const wrapped = log`
  Hello,

  #0  0x01 in wait_lock () from
  /lib/libpth<|>read.so.0
  #1  0x04 in main () at
  /src/main.c:9
`;

test("in a wrapped frame, the frame or the whole backtrace can be unwrapped, and stacks copied", () => {
  expect(titlesAt(wrapped)).toEqual([
    "Unwrap this frame",
    "Unwrap this backtrace",
    "Copy this stack, one frame a line",
    "Copy a summary of all stacks as Markdown",
    "What to type next…",
  ]);
});

test("unwrapping the frame leaves the others as they are", () => {
  expect(after("Unwrap this frame", wrapped)).toBe(log`
    Hello,

    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x04 in main () at
    /src/main.c:9
  `);
});

test("unwrapping the backtrace mends all of its frames", () => {
  expect(after("Unwrap this backtrace", wrapped)).toBe(log`
    Hello,

    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x04 in main () at /src/main.c:9
  `);
});

test("on a whole frame of a damaged backtrace only the backtrace can be unwrapped", () => {
  expect(
    titlesAt(log`
      #0  0x01 in wait_<|>lock () from /lib/libpthread.so.0
      #1  0x04 in middle () at middle.c:7
      #2  0x04 in main () at
      /src/main.c:9
    `),
  ).toContain("Unwrap this backtrace");
});

test("in a clean backtrace nothing can be unwrapped", () => {
  expect(titlesAt("#0  0x01 in ma<|>in () at main.c:9\n")).toEqual([
    "Copy this stack, one frame a line",
    "Copy a summary of all stacks as Markdown",
    "What to type next…",
  ]);
});

test("prose without a stack offers nothing", () => {
  expect(titlesAt("Hel<|>lo\n")).toEqual([]);
});
