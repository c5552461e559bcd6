import { frameFact } from "../frames/facts";
import { waitingPart } from "../frames/waiting";
import type { Frame } from "../read/frame";
import { chosenEvidence, evidence } from "./evidence";
import {
  type Evidence,
  type Finder,
  type Finding,
  MOST_EVIDENCE,
  type NamedReading,
} from "./finding";
import type { Member } from "./groups";
import { lwpOf } from "./locks/owners";
import { publicName } from "./names";
import { Pace } from "./pace";
import { stacksOf } from "./stacks";

/**
 * `signal-context`: a signal handler takes a lock or asks for memory where the code that it interrupted was doing the
 * same. No other thread needs to hold the lock: the thread itself does.
 * Values: `handler`, `interrupted` (the function that was interrupted), `function` (of a library, on both sides, or the
 * one that was interrupted), `waiting` (the handler waits for a lock), `pid`, `lwp`, `threads`.
 */
export const signalContext: Finder = function* (sources) {
  const findings: Finding[] = [];
  const pace = new Pace();
  for (const source of sources) {
    for (const { members } of stacksOf(source.reading)) {
      const { frames } = (members[0] as Member).thread;
      const found = reentryIn(frames);
      if (found) findings.push(describe(found, members, source, sources));
      if (pace.isDone(1 + (found ? members.length : frames.length >> 3))) yield;
    }
  }
  return findings;
};

interface Reentry {
  /** Index of `<signal handler called>`. */
  readonly marker: number;
  readonly handler: Frame;
  readonly interrupted: Frame;
  readonly function: string;
  readonly waiting: boolean;
}

/** The innermost handler that enters what it interrupted. */
function reentryIn(frames: readonly Frame[]): Reentry | null {
  let from = 0;
  for (let marker = 0; marker < frames.length; marker++) {
    if (frames[marker]?.kind !== "signal-handler") continue;
    const found = reentryAt(frames, from, marker);
    if (found) return found;
    from = marker + 1;
  }
  return null;
}

function reentryAt(frames: readonly Frame[], from: number, marker: number): Reentry | null {
  const inside = libraryPart(frames, from, marker);
  const interrupted = libraryPart(frames, marker + 1, frames.length);
  const waiting = waitingPart(frames.slice(from, marker))?.role === "wait-lock";
  const held = interrupted.filter(takesLock);
  const entered = new Set(inside.filter(takesLock).map(nameOf));
  const same = interrupted.find((frame) => entered.has(nameOf(frame)));
  const reentered = same ?? (waiting ? (shared(inside, interrupted) ?? held[0]) : undefined);
  const both = reentered ?? (entered.size > 0 ? held[0] : undefined);
  const handler = frames[marker - 1];
  const first = frames[marker + 1];
  if (!both || !handler || !first) return null;
  return { marker, handler, interrupted: first, function: nameOf(both), waiting };
}

/** A library function that both sides are in: `__tz_convert` has a lock that no name tells of. */
function shared(inside: readonly Frame[], interrupted: readonly Frame[]): Frame | undefined {
  const names = new Set(inside.map(nameOf));
  return interrupted.find((frame) => names.has(nameOf(frame)));
}

/** Deeper than this no library goes before the program's own code appears. */
const DEEPEST = 24;

/** The innermost frames that are functions of run-time libraries. */
function libraryPart(frames: readonly Frame[], from: number, to: number): Frame[] {
  const part: Frame[] = [];
  for (let i = from; i < Math.min(to, from + DEEPEST); i++) {
    const frame = frames[i] as Frame;
    if (!isPlumbing(frame) && !isOfSameFile(frame, frames[i + 1])) break;
    part.push(frame);
  }
  return part;
}

function isPlumbing(frame: Frame): boolean {
  if (frame.kind === "signal-handler" || frame.function === null) return false;
  return frameFact(frame.function, frame.library)?.plumbing === true;
}

/** A helper that nobody knows by name, as `checked_request2size`, next to its caller in the library's source. */
const isOfSameFile = (frame: Frame, caller: Frame | undefined): boolean =>
  caller !== undefined && frame.file !== null && frame.file === caller.file && isPlumbing(caller);

const lockingRoles = new Set(["wait-lock", "lock", "unlock", "alloc", "free"]);

/** Functions that have a lock of the C library while they work. */
function takesLock(frame: Frame): boolean {
  const fact = frame.function === null ? null : frameFact(frame.function, frame.library);
  return fact?.plumbing === true && lockingRoles.has(fact.role);
}

const nameOf = (frame: Frame): string => publicName(frame) ?? "??";

function describe(
  found: Reentry,
  members: readonly Member[],
  source: NamedReading,
  sources: readonly NamedReading[],
): Finding {
  const first = members[0] as Member;
  const handler = nameOf(found.handler);
  const interrupted = nameOf(found.interrupted);
  return {
    kind: "signal-context",
    summary: found.waiting
      ? `The signal handler ${handler} waits for a lock; it interrupted ${found.function}, which takes one`
      : `The signal handler ${handler} takes a lock or memory; it interrupted ${found.function}, which does the same`,
    values: {
      handler,
      interrupted,
      function: found.function,
      waiting: found.waiting,
      pid: first.process.pid,
      lwp: lwpOf(first),
      threads: members.length,
    },
    evidence: chosenEvidence(
      sources,
      evidenceOf(found, first, source),
      members.slice(1, MOST_EVIDENCE).map((member) => markerEvidence(found, member, source)),
    ),
  };
}

function evidenceOf(found: Reentry, { thread }: Member, source: NamedReading): Evidence[] {
  const innermost = thread.frames[0] as Frame;
  return [
    evidence(
      source,
      innermost.span,
      found.waiting ? "waits inside the handler" : "inside the handler",
    ),
    evidence(source, found.handler.span, "the handler"),
    evidence(source, found.interrupted.span, "was interrupted here"),
  ];
}

function markerEvidence({ marker }: Reentry, { thread }: Member, source: NamedReading): Evidence {
  return evidence(source, (thread.frames[marker] as Frame).span, "a signal handler was called");
}
