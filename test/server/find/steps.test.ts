import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judge, judgeSteps } from "../../../server/src/notes/judge";
import { read } from "../../../server/src/read/read";
import type { Steps } from "../../../server/src/read/steps";
import { situationSteps } from "../../../server/src/suggest/suggest";
import { copies } from "../../bench/copies";

function counted<T>(steps: Steps<T>): { readonly count: number; readonly result: T } {
  let count = 1;
  let step = steps.next();
  for (; !step.done; step = steps.next()) count++;
  return { count, result: step.value };
}

const fixture = (path: string): string => readFileSync(path, "utf8");

const TEXTS = [
  ["a fleet", fixture("examples/backtraces.save")],
  ["bt full", fixture("test/fixtures/gdb/13.1/mt-run.txt")],
  ["Apache's log", fixture("test/fixtures/apache/event-2.4.71.error.log")],
  ["lighttpd's log", fixture("test/fixtures/lighttpd/error-1.4.69-debian12.log")],
  ["the kernel's log", fixture("test/fixtures/kernel/dmesg-segfaults.txt")],
] as const;

/** Of as many threads and entries, none is looked at without a step ending among them. */
const MOST_IN_STEP = 256;

describe.each(TEXTS)("judging %s", (_, one) => {
  const sources = (times: number) => [{ path: "text", reading: read(copies(one, times)) }];
  const times = Math.ceil(300_000 / one.length);

  test("takes more steps the longer the text is, several for as many threads and entries", () => {
    const short = counted(judgeSteps(sources(1))).count;
    const many = sources(times);
    const { processes, records } = (many[0] as (typeof many)[number]).reading;
    const things = records.length + processes.flatMap(({ threads }) => threads).length;
    const passes = 4;
    const { count } = counted(judgeSteps(many));
    expect(count - short).toBeGreaterThan((passes * things) / MOST_IN_STEP);
  });

  test("in steps gives what it gives at once", () => {
    const many = sources(times);
    const { result } = counted(judgeSteps(many));
    expect(counted(situationSteps(result)).count).toBeGreaterThan(100);
    const { findings, hypotheses } = judge(many);
    expect(result.findings).toEqual(findings);
    expect(result.hypotheses.map(({ note, values }) => [note.id, values])).toEqual(
      hypotheses.map(({ note, values }) => [note.id, values]),
    );
  });
});
