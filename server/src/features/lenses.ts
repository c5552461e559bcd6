import { frameLabel } from "../find/groups";
import { Pace } from "../find/pace";
import { stacksOf } from "../find/stacks";
import { stepwise } from "../find/stepwise";
import { culpritIndex } from "../frames/culprit";
import { plainName } from "../frames/names";
import { waitingFor } from "../frames/waiting";
import type { Process, Reading, Thread } from "../read/model";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { sectionRuns } from "./entries/runs";
import { logLenses } from "./logLenses";
import { countMembers } from "./stacks";

/** A line above a process, a stack or a log. */
export interface Lens {
  /** Where it stands, in the clean text. */
  readonly span: Span;
  readonly title: string;
  /** The stacks or entries that it leads to; null where it only tells something. */
  readonly stacks: readonly Span[] | null;
}

/** What each process does, above each stack that is not alone how many share it, and what repeats in logs. */
export const lenses = stepwise(function* (reading: Reading): Steps<readonly Lens[]> {
  const found: Lens[] = [];
  const pace = new Pace();
  for (const process of reading.processes) {
    const lens = stateLens(process);
    if (lens !== null) found.push(lens);
    if (pace.isDone(4 + process.threads.length)) yield;
  }
  for (const { members } of yield* stacksOf.steps(reading)) {
    if (members.length < 2) continue;
    const title = `${countMembers(members)} share this stack`;
    const stacks: Span[] = [];
    for (const { thread } of members) {
      stacks.push(stackSpan(thread));
      found.push({ span: thread.span, title, stacks });
      if (pace.isDone()) yield;
    }
  }
  yield* sectionRuns.steps(reading);
  for (const lens of logLenses(reading)) found.push(lens);
  yield;
  return found.sort((one, other) => one.span.from - other.span.from);
});

/** From the first to the last frame, without the thread's header. */
function stackSpan(thread: Thread): Span {
  const first = thread.frames[0];
  const last = thread.frames[thread.frames.length - 1];
  return { from: first?.span.from ?? thread.span.from, to: last?.span.to ?? thread.span.to };
}

function stateLens(process: Process): Lens | null {
  const title = processState(process);
  if (title === null) return null;
  // A loose trace has no head; its lens then stands with the other one, above its first stack.
  const above = process.head === null ? (process.threads[0] ?? process) : process;
  return { span: above.span, title: printable(shorten(title, 160)), stacks: null };
}

/** `SIGSEGV in list_sum`, `waiting for a lock (apc_pthreadmutex_lock)`, `3 threads waiting for work, 1 sleeping`; null for nothing special. */
export function processState(process: Process): string | null {
  const { threads, signal } = process;
  const crashed = threads.find((thread) => thread.crashed);
  if (signal !== null && crashed) return crashState(signal, crashed);
  if (threads.length === 1) return telling(waitingFor((threads[0] as Thread).frames));
  return threadStates(threads);
}

const RUNNING = "running";

const telling = (state: string): string | null => (state === RUNNING ? null : state);

function crashState(signal: string, thread: Thread): string {
  const culprit = culpritIndex(thread.frames);
  const frame = culprit === null ? undefined : thread.frames[culprit];
  return frame ? `${signal} in ${plainName(frameLabel(frame))}` : signal;
}

/** The two states that most threads are in. */
function threadStates(threads: readonly Thread[]): string | null {
  const counts = new Map<string, number>();
  for (const { frames } of threads) {
    const state = waitingFor(frames);
    if (state !== RUNNING) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const [most, second] = [...counts].sort(([, one], [, other]) => other - one);
  if (most === undefined) return null;
  const rest = second ? `, ${second[1]} ${second[0]}` : "";
  return `${plural(most[1], ["thread", "threads"])} ${most[0]}${rest}`;
}
