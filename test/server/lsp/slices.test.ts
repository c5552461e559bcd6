import { expect, test, vi } from "vitest";
import "vscode-languageserver/node";
import { inSlices, Sliced } from "../../../server/src/lsp/slices";
import type { Steps } from "../../../server/src/read/steps";

/** Ends when a message could have come in; false where none can for two seconds. */
function* untilOthersHadTheirTurn(): Steps<boolean> {
  let hadTurn = false;
  setTimeout(() => {
    hadTurn = true;
  }, 0);
  const end = Date.now() + 2000;
  while (!hadTurn && Date.now() < end) yield;
  return hadTurn;
}

/** As in a browser's worker, where `setImmediate` is a microtask. */
vi.mock("vscode-languageserver", async (original) => {
  const real = await original<typeof import("vscode-languageserver")>();
  const setImmediate = (callback: () => void) => queueMicrotask(callback);
  return { ...real, RAL: () => ({ ...real.RAL(), timer: { ...real.RAL().timer, setImmediate } }) };
});

test("others have their turn between two slices of work", async () => {
  expect(await inSlices(untilOthersHadTheirTurn(), () => false)).toBe(true);
  expect(await new Promise((done) => new Sliced(untilOthersHadTheirTurn(), done))).toBe(true);
});

test("work that nobody wants any more is given up", async () => {
  const steps = untilOthersHadTheirTurn();
  expect(await inSlices(steps, () => true)).toBeNull();
  expect(steps.next().done).toBe(true);
});

test("work that fails fails for who waits for it", async () => {
  // biome-ignore lint/correctness/useYield: it fails before it comes to a step
  const failing = function* (): Steps<number> {
    throw new RangeError("no");
  };
  await expect(inSlices(failing(), () => false)).rejects.toThrow("no");
});
