import { culpritIndex } from "../../frames/culprit";
import { frameFact } from "../../frames/facts";
import { lookupNames } from "../../frames/names";
import { roleState } from "../../frames/roles";
import { waitingPart } from "../../frames/waiting";
import type { FramePattern } from "../../match/condition";
import type { Frame } from "../../read/frame";

/** Frames by which a stack is told from others. */
export interface TellingFrames {
  /** Of the frame most likely at fault. */
  readonly name: string;
  readonly patterns: readonly (string | FramePattern)[];
  /** The outermost of them. */
  readonly last: Frame;
}

/** One frame inside of the one at fault, and two outside of it. */
const [INSIDE, OUTSIDE] = [1, 2];
const FEWEST = 3;

/** The frame at fault with those around it, innermost first; null where no frame has a name or an object. */
export function tellingFrames(frames: readonly Frame[], known = -1): TellingFrames | null {
  const culprit = known >= 0 ? known : (waitingOrCulprit(frames) ?? 0);
  const named = frames.flatMap((frame, index) =>
    patternOf(frame, index === culprit) === null || (isLoop(frame) && index !== culprit)
      ? []
      : [{ frame, index }],
  );
  const middle = named.findIndex(({ index }) => index >= culprit);
  const at = middle < 0 ? named.length - 1 : middle;
  const end = Math.min(named.length, at + OUTSIDE + 1);
  const chosen = named.slice(Math.max(0, Math.min(at - INSIDE, end - FEWEST)), end);
  const [first] = chosen;
  if (first === undefined) return null;
  const center = (named[at] ?? first).frame;
  const name = center.function === null ? baseName(center.library) : plain(center.function);
  const patterns = chosen.map(({ frame, index }) => patternOf(frame, index === culprit) ?? "*");
  return {
    name: name ?? "unknown",
    patterns: patterns.filter((pattern, i) => !isSame(pattern, patterns[i - 1])),
    last: (chosen.at(-1) ?? first).frame,
  };
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What a thread waits in tells more of a hang than the code around it. */
function waitingOrCulprit(frames: readonly Frame[]): number | null {
  const telling = waitingPart(frames)?.telling;
  const index = telling ? frames.indexOf(telling) : -1;
  return index >= 0 ? index : culpritIndex(frames);
}

/** `main` and the loops that every stack of a program has below. */
function isLoop({ function: name, library }: Frame): boolean {
  const fact = name === null ? null : frameFact(name, library);
  return fact !== null && (roleState(fact.role) === "runs" || fact.interest === "base");
}

const plain = (name: string): string => lookupNames(name)[0] ?? name;

/** A longer name is cut. */
const LONGEST_NAME = 200;

function patternOf(frame: Frame, isCulprit: boolean): string | FramePattern | null {
  const library = libraryPattern(frame.library);
  if (frame.kind === "signal-handler") return null;
  if (frame.function === null) return isCulprit && library ? { library } : null;
  const name = plain(frame.function);
  const cut = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}*` : name;
  // A bar would part alternatives.
  const pattern = cut.replaceAll("|", "*").replace(/[\r\n]/g, "*");
  return isCulprit && library ? { function: pattern, library } : pattern;
}

export const baseName = (path: string | null): string | null =>
  path?.replace(/^.*[\\/]/, "") ?? null;

/** `libz.so*` for `/lib/libz.so.1.2.11`: the next machine has another version. */
function libraryPattern(path: string | null): string | null {
  const name = baseName(path);
  if (name === null || !/^[\w.+-]+$/.test(name)) return null;
  return name.replace(/^(lib[\w+-]+?)(?:-\d[\w.]{0,80})?\.so(?:\.[\w.]*)?$/, "$1*.so*");
}
