import { expect, test } from "vitest";
import { sorted } from "../../../server/src/find/sorted";
import { stepwise } from "../../../server/src/find/stepwise";
import { atOnce, type Steps } from "../../../server/src/read/steps";

/** Counts to three, a number in each step. */
function counter(trace: string[]) {
  return stepwise(function* ({ name }: { readonly name: string }): Steps<string> {
    for (const number of [1, 2, 3]) {
      trace.push(`${name}${number}`);
      yield;
    }
    return `${name} done`;
  });
}

test("what was left is gone on with by the next one, in steps or at once", () => {
  const trace: string[] = [];
  const count = counter(trace);
  const key = { name: "a" };
  const left = count.steps(key);
  left.next();
  left.next();
  const other = count.steps(key);
  other.next();
  expect(trace).toEqual(["a1", "a2", "a3"]);
  expect(count(key)).toBe("a done");
  expect(left.next()).toEqual({ done: true, value: "a done" });
  expect(trace).toHaveLength(3);
});

test("each key has its own work, done once", () => {
  const trace: string[] = [];
  const count = counter(trace);
  const [one, other] = [{ name: "a" }, { name: "b" }];
  expect([count(one), count(other), count(one)]).toEqual(["a done", "b done", "a done"]);
  expect(trace).toHaveLength(6);
});

test("what fails is heard of, and begun anew", () => {
  let attempts = 0;
  const work = stepwise(function* (_: object): Steps<number> {
    yield;
    if (++attempts === 1) throw new RangeError("first");
    return attempts;
  });
  const key = {};
  expect(() => work(key)).toThrow(RangeError);
  expect(work(key)).toBe(2);
});

test("numbers are sorted in steps as they are at once", () => {
  const keys = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 613);
  const compare = (one: number, other: number): number =>
    (keys[one] as number) - (keys[other] as number);
  for (const length of [0, 1, 1023, 1024, 1025, 3000, 5000]) {
    const numbers = Int32Array.from({ length }, (_, i) => i);
    const steps = sorted(numbers, compare);
    expect([...atOnce(steps)], String(length)).toEqual([...numbers].sort(compare));
  }
});
