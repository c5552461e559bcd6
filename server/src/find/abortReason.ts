import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { type Abort, abortsOf } from "./abort/merge";
import { type Finder, type Finding, MOST_EVIDENCE } from "./finding";

/** So many process ids are listed; `count` says how many aborts there are. */
const MOST_PIDS = 20;

/**
 * `abort-reason`: why a program ended itself, by what it printed, by gdb's answer to a question for that, or by the
 * functions on the stack. Equal ones are one finding.
 *
 * Values: `reason`, `message` (an assertion's expression), `function`, `file`, `line` (the place that the message names,
 * or who called the function that ended the program), `exception` (its type), `what`, `program`, `culprit`, `pid` of
 * the first, `pids` (the first 20), `count`.
 */
export const abortReason: Finder = function* (sources) {
  let aborts: readonly Abort[] = [];
  for (const source of sources) aborts = aborts.concat(yield* abortsOf(source));
  const grouped = groups(aborts);
  yield;
  return grouped.map(describe);
};

function groups(aborts: readonly Abort[]): Abort[][] {
  const byKey = new Map<string, Abort[]>();
  for (const abort of aborts) {
    const { pid: _, evidence: __, ...said } = abort;
    const key = JSON.stringify(said);
    const group = byKey.get(key);
    if (group) group.push(abort);
    else byKey.set(key, [abort]);
  }
  return [...byKey.values()].sort((a, b) => b.length - a.length);
}

function describe(aborts: readonly Abort[]): Finding {
  const { evidence: _, ...said } = aborts[0] as Abort;
  const count = aborts.length;
  return {
    kind: "abort-reason",
    summary: summary(said) + (count > 1 ? `, ${plural(count, "time")}` : ""),
    values: {
      ...said,
      pids: aborts.flatMap(({ pid }) => pid ?? []).slice(0, MOST_PIDS),
      count,
    },
    evidence: aborts.flatMap(({ evidence }) => evidence).slice(0, MOST_EVIDENCE),
  };
}

const WORDS: Readonly<Record<Abort["reason"], string>> = {
  "double-free": "The C library ended the program over memory that was freed twice",
  "heap-corruption": "The allocator ended the program over damaged memory",
  assertion: "An assertion failed",
  "uncaught-exception": "An exception was not caught",
  "stack-smashing": "A function wrote over the end of its stack frame",
  fortify: "A checked call would have written over the end of a buffer",
  "pure-virtual": "A method was called of an object that was not whole",
  "glibc-message": "The C library ended the program",
  terminate: "The C++ run-time ended the program",
  panic: "The program panicked",
  "fatal-error": "The run-time library ended the program",
  sanitizer: "A sanitizer ended the program",
  abort: "The program called abort",
};

function summary({ reason, message, exception, what, culprit }: Omit<Abort, "evidence">): string {
  const said = exception === null ? message : [exception, what].filter(Boolean).join(": ");
  const words = said === null ? WORDS[reason] : `${WORDS[reason]}: ${name(said)}`;
  return culprit === null ? words : `${words} (in ${name(culprit)})`;
}

const name = (text: string): string => printable(shorten(text, 160));
