import type { Process, Reading, Thread } from "../../read/model";
import { contains, lastAtOrBefore } from "../../read/span";
import type { Steps } from "../../read/steps";
import type { Evidence, NamedReading } from "../finding";
import { Pace } from "../pace";
import { type StackShape, shapesOf } from "../shapes";
import type { Reason } from "./data";
import { toldAborts } from "./messages";
import { isAborting, type StackAbort, stackAbort } from "./stacks";
import type { Told } from "./told";

/** One abort, as messages and a stack tell of it. */
export interface Abort {
  readonly reason: Reason;
  readonly message: string | null;
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly exception: string | null;
  readonly what: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  readonly culprit: string | null;
  readonly evidence: readonly Evidence[];
}

/** A message, and whose it is. */
interface Owned {
  readonly told: Told;
  readonly process: Process | null;
  readonly pid: number | null;
}

/** Every abort of a text once: what was printed and the stack of the same process are one. */
export function* abortsOf(source: NamedReading): Steps<readonly Abort[]> {
  const { reading } = source;
  const stacks = yield* stackAborts(reading);
  const isTaken = new Set<StackAbort>();
  const printed = yield* toldAborts.steps(reading);
  const told = withoutRepetitions(printed.map((one) => owned(reading, one)));
  yield;
  const byProcess = new Map(stacks.map((stack) => [stack.process, stack]));
  const aborts: Abort[] = [];
  const pace = new Pace();
  for (const group of told) {
    const stack = stackOf(group[0] as Owned, byProcess, stacks, isTaken);
    if (stack) isTaken.add(stack);
    aborts.push(toAbort(source, group, stack));
    if (pace.isDone(4)) yield;
  }
  for (const stack of stacks) {
    if (!isTaken.has(stack)) aborts.push(toAbort(source, [], stack));
    if (pace.isDone()) yield;
  }
  return aborts;
}

function* stackAborts(reading: Reading): Steps<StackAbort[]> {
  const shapes = yield* shapesOf.steps(reading);
  const stacks: StackAbort[] = [];
  const pace = new Pace();
  for (const process of reading.processes) {
    const found = processAborts(process, shapes);
    stacks.push(...found);
    if (pace.isDone(1 + 8 * found.length)) yield;
  }
  return stacks;
}

/** The stack of the thread that got the signal; without one, the first that shows an abort. */
function processAborts(process: Process, shapes: ReadonlyMap<Thread, StackShape>): StackAbort[] {
  const crashed = process.threads.filter((thread) => thread.crashed);
  for (const thread of crashed.length > 0 ? crashed : process.threads) {
    const abort = isAborting(shapes.get(thread) as StackShape) && stackAbort(process, thread);
    if (abort) return [abort];
  }
  return [];
}

function owned(reading: Reading, told: Told): Owned {
  const { processes, records } = reading;
  const process = processes[lastAtOrBefore(processes, told.span.from, ({ span }) => span.from)];
  const record = records[lastAtOrBefore(records, told.span.from, ({ span }) => span.from)];
  const isOfProcess = process !== undefined && contains(process.span, told.span.from);
  const isOfRecord = record !== undefined && contains(record.span, told.span.from);
  return {
    told,
    process: isOfProcess ? process : null,
    pid: told.pid ?? (isOfProcess ? process.pid : isOfRecord ? record.pid : null),
  };
}

/** What a process printed and what gdb answered to the question for it are one message. */
function withoutRepetitions(all: readonly Owned[]): Owned[][] {
  const groups: Owned[][] = [];
  const open = new Map<Process, Owned[]>();
  for (const one of all) {
    const group = one.process && open.get(one.process);
    const isSame = group?.[0]?.told.message === one.told.message;
    if (group && isSame) group.push(one);
    else {
      const own = [one];
      groups.push(own);
      if (one.process) open.set(one.process, own);
    }
  }
  return groups;
}

function stackOf(
  { told, process }: Owned,
  byProcess: ReadonlyMap<Process, StackAbort>,
  stacks: readonly StackAbort[],
  isTaken: ReadonlySet<StackAbort>,
): StackAbort | null {
  const own = process && byProcess.get(process);
  if (process) return own && !isTaken.has(own) ? own : null;
  // A message above or below the session belongs to its one process that ended so.
  const fitting = stacks.length > MOST_STACKS ? [] : stacks.filter((stack) => fits(told, stack));
  const [only, ...others] = fitting.filter((stack) => !isTaken.has(stack));
  return only && others.length === 0 ? only : null;
}

/** With more stacks than these, a message that stands apart cannot be given to one of them. */
const MOST_STACKS = 20;

function fits(told: Told, stack: StackAbort): boolean {
  if (stack.message !== null && stack.message !== told.message) return false;
  return stack.reason === told.reason || GENERIC.has(stack.reason);
}

/** Reasons that leave open why. */
const GENERIC: ReadonlySet<Reason> = new Set(["abort", "terminate", "glibc-message"]);

function toAbort(source: NamedReading, group: readonly Owned[], stack: StackAbort | null): Abort {
  const [first] = group;
  const told = first?.told;
  const evidence = [
    ...group.map(({ told: { span } }) => ({ source, span, says: "what was printed at the end" })),
    ...(stack?.spans ?? []).map((span, i) => ({ source, span, says: FRAME_SAYS[i] as string })),
  ];
  return {
    reason: told?.reason ?? stack?.reason ?? "abort",
    message: told?.message ?? stack?.message ?? null,
    function: told?.function ?? stack?.function ?? null,
    file: told?.file ?? stack?.file ?? null,
    line: told?.line ?? stack?.line ?? null,
    exception: told?.exception ?? stack?.exception ?? null,
    what: told?.what ?? null,
    program: told?.program ?? null,
    pid: first?.pid ?? stack?.process.pid ?? null,
    culprit: stack?.culprit ?? null,
    evidence: evidence.sort((a, b) => a.span.from - b.span.from),
  };
}

const FRAME_SAYS = ["the function that ended the program", "who called it"];
