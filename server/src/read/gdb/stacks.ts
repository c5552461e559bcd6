import type { Frame } from "../frame";
import type { Thread } from "../model";
import { lastAtOrBefore, type Span } from "../span";
import { mergeIdentity, NOBODY, sameThread, type ThreadIdentity } from "./headers";

/** Frames as one command printed them. */
export interface Print {
  identity: ThreadIdentity;
  /** From the thread's header, or the first frame, to the last line. */
  span: Span;
  readonly frames: Frame[];
  ends: Thread["ends"];
  /** A stop line, the answer of `frame N` or a row of `info threads`: a look at a frame, not a stack. */
  isGlance: boolean;
  /** `Thread 3 (...):` stands above it. */
  readonly hasHeader: boolean;
}

/** A look at one frame of the thread. */
export function glance(identity: ThreadIdentity, frame: Frame): Print {
  const { span } = frame;
  return { identity, span, frames: [frame], ends: "complete", isGlance: true, hasHeader: false };
}

/** A thread in the making: its best print, and the others that show the same frames. */
interface Gathered {
  identity: ThreadIdentity;
  best: Print;
  /** The frames of the best print by their numbers; null until somebody asks. */
  byNumber: Map<number | null, Frame> | null;
  readonly others: Print[];
}

/**
 * Makes threads of a process's prints: a stack that was printed twice (`bt`, then `bt full`) is one thread, and what the
 * session shows again of a known frame becomes a view.
 *
 * `isSession` tells that gdb printed all this in one sitting. Loose traces of unknown origin are never taken for
 * repetitions, because a fleet's processes do have identical stacks.
 */
export function gatherThreads(prints: readonly Print[], isSession: boolean): Thread[] {
  const threads: Gathered[] = [];
  for (const print of prints) if (!print.isGlance) addStack(threads, print, isSession);
  for (const print of prints) if (print.isGlance) addGlance(threads, print);
  return threads.map(toThread).sort((one, other) => one.span.from - other.span.from);
}

function addStack(threads: Gathered[], print: Print, isSession: boolean): void {
  const known = isSession ? findThread(threads, print) : undefined;
  if (known === undefined) {
    threads.push(gather(print));
    return;
  }
  known.identity = mergeIdentity(known.identity, print.identity);
  if (isDisjoint(known.best, print)) append(known, print);
  else if (isBetter(print, known.best)) {
    known.others.push(known.best);
    known.best = print;
    known.byNumber = null;
  } else known.others.push(print);
}

function framesByNumber(thread: Gathered): Map<number | null, Frame> {
  thread.byNumber ??= new Map(thread.best.frames.map((frame) => [frame.number, frame]));
  return thread.byNumber;
}

const gather = (print: Print): Gathered => ({
  identity: print.identity,
  best: print,
  byNumber: null,
  others: [],
});

/** A thread among more than this many is not looked for: a text with so many has headers that tell them apart. */
const MOST_COMPARED = 256;

function findThread(threads: readonly Gathered[], print: Print): Gathered | undefined {
  const compared = threads.slice(-MOST_COMPARED);
  const known = compared.find((thread) => {
    const isSame = sameThread(thread.identity, print.identity);
    return isSame !== false && agree(thread, print);
  });
  // `thread apply all -q frame` shows one frame of each thread and does not say whose it is.
  const isOfAnybody = print.frames.length === 1 && !print.hasHeader;
  if (known || !isOfAnybody) return known;
  return compared.find((thread) => showsFrame(thread, NOBODY, print.frames[0] as Frame));
}

/** Do the prints say the same of every frame that both show? Two stacks of one thread without a common frame agree. */
function agree(thread: Gathered, print: Print): boolean {
  if (isDisjoint(thread.best, print)) return sameThread(thread.identity, print.identity) === true;
  return print.frames.every((frame) => {
    const twin = framesByNumber(thread).get(frame.number);
    return twin === undefined || isSameFrame(frame, twin);
  });
}

/** The same call, as far as both tell. A stop line has no number and no address if the other has none. */
export function isSameFrame(one: Frame, other: Frame): boolean {
  return (
    one.function === other.function &&
    (one.address === null || other.address === null || one.address === other.address) &&
    (one.line === null || other.line === null || one.line === other.line)
  );
}

function isDisjoint(one: Print, other: Print): boolean {
  const first = (print: Print) => print.frames[0]?.number ?? 0;
  const last = (print: Print) => print.frames[print.frames.length - 1]?.number ?? 0;
  return first(one) > last(other) || first(other) > last(one);
}

function append(thread: Gathered, print: Print): void {
  const { best } = thread;
  const isAfter = (print.frames[0]?.number ?? 0) > (best.frames[0]?.number ?? 0);
  if (isAfter) best.frames.push(...print.frames);
  else best.frames.unshift(...print.frames);
  thread.byNumber = null;
  best.span = around(best.span, print.span);
  best.ends = isAfter ? print.ends : best.ends;
}

const around = (one: Span, other: Span): Span => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
});

const hasLocals = (print: Print): boolean => print.frames.some((frame) => frame.localsSpan);

function isBetter(print: Print, than: Print): boolean {
  if (print.frames.length !== than.frames.length) return print.frames.length > than.frames.length;
  return hasLocals(print) && !hasLocals(than);
}

/**
 * A glance repeats a frame of a known stack, or adds one that the stack does not show; where there is no such stack, it
 * is all that the text tells of its thread.
 */
function addGlance(threads: Gathered[], print: Print): void {
  const frame = print.frames[0];
  if (frame === undefined) return;
  const compared = threads.slice(-MOST_COMPARED);
  const known = compared.find((thread) => showsFrame(thread, print.identity, frame));
  const owner = known ?? compared.find((thread) => couldShow(thread, print.identity, frame));
  if (owner === undefined) threads.push(gather(print));
  else if (known) known.others.push(print);
  else insertFrame(owner, print, frame);
  if (owner) owner.identity = mergeIdentity(owner.identity, print.identity);
}

function showsFrame(thread: Gathered, identity: ThreadIdentity, frame: Frame): boolean {
  if (sameThread(thread.identity, identity) === false) return false;
  const twin =
    frame.number === null ? thread.best.frames[0] : framesByNumber(thread).get(frame.number);
  return twin !== undefined && isSameFrame(twin, frame);
}

/** The thread is the one that the session looks at, and its stack leaves this frame out. */
function couldShow(thread: Gathered, identity: ThreadIdentity, frame: Frame): boolean {
  if (frame.number === null || sameThread(thread.identity, identity) !== true) return false;
  return !framesByNumber(thread).has(frame.number);
}

function insertFrame(thread: Gathered, { span }: Print, frame: Frame): void {
  const { best } = thread;
  const before = lastAtOrBefore(best.frames, frame.number ?? 0, (other) => other.number ?? 0);
  best.frames.splice(before + 1, 0, frame);
  framesByNumber(thread).set(frame.number, frame);
  best.span = around(best.span, span);
}

function toThread(gathered: Gathered): Thread {
  const { best, identity, others } = gathered;
  return {
    number: identity.number,
    id: identity.id,
    lwp: identity.lwp,
    name: identity.name,
    crashed: false,
    span: best.span,
    frames: best.frames,
    ends: best.ends,
    views: others.flatMap((print) => print.frames),
  };
}
