import { expect, test } from "vitest";
import { read, readSteps } from "../../../server/src/read/read";
import { apacheLog, cleanFleet, damagedFleet, kernelSyslog } from "../../bench/texts";
import { said } from "./said";

const SIZE = 400_000;

test("texts that are read step by step, in turns, read as each at once", () => {
  const texts = [apacheLog, cleanFleet, damagedFleet, kernelSyslog].map((make) => make(SIZE));
  const open = texts.map((text) => ({ text, steps: readSteps(text), reading: read("") }));
  let count = 0;
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    for (const each of open) {
      const { done, value } = each.steps.next();
      if (done && value !== undefined) each.reading = value;
      if (!done) isOpen = true;
      count++;
    }
  }
  expect(count).toBeGreaterThan(100);
  for (const { text, reading } of open) expect(said(reading)).toBe(said(read(text)));
});
