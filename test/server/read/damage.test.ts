import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../server/src/read/model";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { applyDamage, damage } from "./damage";
import { type MadeFrame, printFrame, stack } from "./traces";

/** The same texts in every run of the suite; `FUZZ_RUNS=100000` looks further, each time elsewhere. */
function runs(count: number) {
  const more = Number(process.env.FUZZ_RUNS ?? 0);
  return more > 0 ? { numRuns: more } : { numRuns: count, seed: 20261121 };
}

const squeeze = (value: string) => value.replace(/\s+/g, "");

/** What must be the same, however the text was damaged; blanks inside values may have been lost. */
function essence(frame: MadeFrame): string {
  const list = frame.arguments.map(({ name, value }) => `${name}=${squeeze(value)}`).join(",");
  const at = frame.file ? `${frame.file}:${frame.line}` : frame.library;
  return `${frame.address} ${squeeze(frame.function)} (${list}) ${at}`;
}

function found(reading: Reading): string[] {
  return reading.processes.flatMap((process) =>
    process.threads.flatMap((thread) =>
      thread.frames.map((frame) =>
        essence({
          address: frame.address ?? "",
          function: frame.function ?? "??",
          arguments: frame.arguments ?? [],
          file: frame.file,
          line: frame.line,
          library: frame.library,
        }),
      ),
    ),
  );
}

describe("a damaged trace", () => {
  test("has the same frames as the clean one, whatever happened to it", () => {
    fc.assert(
      fc.property(stack, damage, (frames, how) => {
        const clean = frames.map((frame, number) => printFrame(frame, number));
        const text = applyDamage(clean, how);
        expect(found(read(text))).toEqual(frames.map(essence));
      }),
      runs(2000),
    );
  });
});

describe("any text at all", () => {
  test("is read without a word lost: sections cover it, ranges lie in it and nest", () => {
    const pieces = fc.constantFrom(
      '#0  0x0041 in f (a=1, s="x',
      ") at a.c:7",
      "\n",
      "\r\n",
      "> ",
      "(gdb) ",
      "Thread 2 (LWP 7):\n",
      "=== pid 311 ===\n",
      "[New LWP 7]\n",
      " #1 main () from /lib/x.so",
      "\x1b[31m",
      "&lt;",
      '{"log":"#0 f ()\\n"}\n',
      "Nov 20 21:37:44 web1 x[1]: ",
      "  Id   Target Id  Frame\n* 1 LWP 7 f () at a.c:1\n",
      "No locals.\n",
      "        x = {1, ",
    );
    const soup = fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 8 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(soup, (parts) => {
        const text = parts.join("");
        const reading = read(text);
        for (const span of spans(reading)) {
          const { from, to } = place(reading, span);
          expect(0 <= from && from <= to && to <= text.length).toBe(true);
        }
        for (const process of reading.processes) {
          for (const thread of process.threads) {
            for (const frame of thread.frames) expect(isInside(frame.span, thread.span)).toBe(true);
            expect(isInside(thread.span, process.span)).toBe(true);
          }
        }
        let end = 0;
        for (const { span } of reading.sections) {
          expect(span.from).toBeGreaterThanOrEqual(end);
          expect(reading.clean.text.slice(end, span.from).trim()).toBe("");
          end = span.to;
        }
        expect(reading.clean.text.slice(end).trim()).toBe("");
      }),
      runs(1000),
    );
  });
});

const isInside = (inner: { from: number; to: number }, outer: { from: number; to: number }) =>
  outer.from <= inner.from && inner.to <= outer.to;

function spans(reading: Reading) {
  return [
    ...reading.sections.map((section) => section.span),
    ...reading.problems.map((problem) => problem.span),
    ...reading.processes.flatMap((process) => [
      process.span,
      ...process.threads.flatMap((thread) => [
        thread.span,
        ...thread.frames.flatMap((frame) => [
          frame.span,
          ...(frame.arguments ?? []).flatMap((value) => [value.nameSpan, value.valueSpan]),
          ...(frame.locals ?? []).flatMap((value) => [value.nameSpan, value.valueSpan]),
        ]),
      ]),
    ]),
  ];
}
