import { expect, test } from "vitest";
import { copies } from "./copies";

const text = "process 999\n#0  0x00007f29a2e54e74 in poll (at=0x7f29a2e54e74, n=0x1f) (LWP 71)\n";

test("each copy has other addresses and numbers, the same where they were the same", () => {
  const [process, frame] = copies(text, 3).split("\n").slice(4);
  expect(process).toMatch(/^process \d{3}$/);
  expect(process).not.toBe("process 999");
  const [, one, other, small] =
    /^#0 {2}(\S+) in poll \(at=(\S+), n=(\S+)\)/.exec(frame ?? "") ?? [];
  expect(one).not.toBe("0x00007f29a2e54e74");
  expect(one?.slice(-4)).toBe("4e74");
  expect(Number(one)).toBe(Number(other));
  expect(small).toBe("0x1f");
});

test("the first copy is the text, and all are as long", () => {
  expect(copies(text, 1)).toBe(text);
  expect(copies(text, 5)).toHaveLength(5 * text.length);
});
