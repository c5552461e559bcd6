// What lock a stack waits for. A stack passes through several functions on its way into the kernel, and each may print
// the lock under a name of its own. The one whose parameter is the lock itself, of a type that gdb can cast to, is
// asked first; then libraries' structures around it; then the word that the kernel waits for.
import { culpritIndex } from "../../frames/culprit";
import { plainName } from "../../frames/names";
import { waitingPart } from "../../frames/waiting";
import type { Frame } from "../../read/frame";
import { publicName } from "../names";
import type { LockEntry, LockKind } from "./data";
import { type Pointer, pointerIn } from "./pointer";
import { lockEntry } from "./table";

/** What all stacks with the same functions have in common. */
export interface LockPath {
  /** Frames that may print the lock, as indices into the stack, the best first. */
  readonly candidates: readonly Candidate[];
  readonly kind: LockKind;
  /** The function worth naming: the library's own, or else the one that locks. */
  readonly function: string | null;
  /** The innermost function that is not machinery: whoever wanted the lock. */
  readonly caller: string | null;
  /** The waiting functions and the one that called them: stands for a lock that nobody printed. */
  readonly chain: string;
  readonly shared: boolean | null;
}

interface Candidate {
  readonly index: number;
  readonly entry: LockEntry;
}

/** A lock as one frame prints it. */
export interface PrintedLock extends Pointer {
  readonly index: number;
  readonly entry: LockEntry;
}

/** A program's own function around the lock: it tells its name where the library has no debug information. */
const ownWrapper: LockEntry = {
  functions: [],
  kind: "unknown",
  arguments: ["lock", "mutex", "mtx", "rwlock"],
  wraps: true,
};

/** How the stack waits for a lock, or null if it does not. */
export function lockPath(frames: readonly Frame[]): LockPath | null {
  const part = waitingPart(frames);
  if (part === null) return null;
  const places = placesOf(part.frames, frames);
  const inside = places.flatMap((index) => candidateAt(frames, index));
  if (inside.some(({ entry }) => entry.kind === "none")) return null;
  const isNamed = part.telling !== null && part.frames.includes(part.telling);
  const isLock = part.role === "wait-lock" && (inside.length > 0 || isNamed);
  if (!isLock && inside.every(({ entry }) => entry.kind === "futex")) return null;
  const next = (places.at(-1) as number) + 1;
  const ranked = inside.sort((one, other) => rank(one.entry) - rank(other.entry));
  const culprit = culpritIndex(frames);
  return {
    candidates: [...ranked, ...wrapperAt(frames, next)],
    kind: kindOf(ranked),
    function: nameOf(part.telling ?? frameAt(frames, ranked[0])),
    caller: nameOf(culprit === null ? null : frames[culprit]),
    chain: [...part.frames, ...frames.slice(next, next + 1)].map(label).join("\n"),
    shared: inside.find(({ entry }) => entry.shared !== undefined)?.entry.shared ?? null,
  };
}

/** The lock of this one stack, which has the functions that the path was made from; null where no frame prints it. */
export function printedLock(frames: readonly Frame[], path: LockPath): PrintedLock | null {
  for (const { index, entry } of path.candidates) {
    for (const argument of (frames[index] as Frame).readArguments() ?? []) {
      if (!entry.arguments.includes(argument.name)) continue;
      const found = entry.number ? identifierIn(argument.value) : pointerIn(argument.value);
      if (found) return { ...found, index, entry };
    }
  }
  return null;
}

/** What the kernel's word was waited for with: glibc says 0 for a lock of one process and 128 for a shared one. */
export function sharedByFutex(frames: readonly Frame[], path: LockPath): boolean | null {
  for (const { index, entry } of path.candidates) {
    if (entry.kind !== "futex") continue;
    const values = (frames[index] as Frame).readArguments();
    const flag = values?.find(({ name }) => name === "private")?.value;
    if (flag === "0") return false;
    if (flag === "128") return true;
  }
  return null;
}

/** Where the chosen frames stand in the stack that they were chosen from, in order. */
function placesOf(chosen: readonly Frame[], frames: readonly Frame[]): number[] {
  let next = 0;
  return chosen.map((frame) => {
    next = frames.indexOf(frame, next) + 1;
    return next - 1;
  });
}

function candidateAt(frames: readonly Frame[], index: number): Candidate[] {
  const name = frames[index]?.function ?? null;
  const entry = name === null ? null : lockEntry(name);
  return entry === null ? [] : [{ index, entry }];
}

function wrapperAt(frames: readonly Frame[], index: number): Candidate[] {
  const name = frames[index]?.function;
  return name && /lock|mutex/i.test(plainName(name).slice(0, 200))
    ? [{ index, entry: ownWrapper }]
    : [];
}

const rank = (entry: LockEntry): number => (entry.kind === "futex" ? 2 : entry.wraps ? 1 : 0);

/** The innermost function that says more than "a futex" or "some lock". */
function kindOf(ranked: readonly Candidate[]): LockKind {
  const kinds = ranked.map(({ entry }) => entry.kind as LockKind);
  return kinds.find((kind) => kind !== "futex" && kind !== "unknown") ?? kinds[0] ?? "unknown";
}

const frameAt = (frames: readonly Frame[], candidate: Candidate | undefined): Frame | null =>
  candidate === undefined ? null : (frames[candidate.index] ?? null);

const nameOf = (frame: Frame | null | undefined): string | null =>
  frame ? publicName(frame) : null;

const label = (frame: Frame): string => frame.function ?? frame.library ?? "??";

/** `65537` of `semid=65537`; descriptors and identifiers have no symbol. */
function identifierIn(value: string): Pointer | null {
  return /^\d{1,10}$/.test(value) ? { address: value, symbol: null } : null;
}
