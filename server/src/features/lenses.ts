import { frameLabel, type StackGroup } from "../find/groups";
import { culpritIndex } from "../frames/culprit";
import { plainName } from "../frames/names";
import { waitingFor } from "../frames/waiting";
import type { Process, Reading, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import type { Span } from "../read/span";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { logLenses } from "./logLenses";
import { countMembers, groupsOf } from "./stacks";

/** A line above a process, a stack or a log. */
export interface Lens {
  /** Where it stands, in the clean text. */
  readonly span: Span;
  readonly title: string;
  /** The stacks or entries that it leads to; null where it only tells something. */
  readonly stacks: readonly Span[] | null;
}

/** What each process does, above each stack that is not alone how many share it, and what repeats in logs. */
export const lenses: (reading: Reading) => readonly Lens[] = oncePer((reading: Reading) => {
  const states = reading.processes.map(stateLens).filter((lens) => lens !== null);
  const shared = groupsOf(reading).flatMap(sharedLenses);
  return [...states, ...shared, ...logLenses(reading)].sort(
    (one, other) => one.span.from - other.span.from,
  );
});

function sharedLenses(group: StackGroup): Lens[] {
  const { members } = group;
  if (members.length < 2) return [];
  const title = `${countMembers(members)} share this stack`;
  const stacks = members.map(({ thread }) => stackSpan(thread));
  return members.map(({ thread }) => ({ span: thread.span, title, stacks }));
}

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
