import files from "knowledge:frames";
import type { Confidence, FrameEntry, FrameFile, Interest } from "./data";
import { lookupNames } from "./names";
import { isPlumbing, objectNamed, ownObjects } from "./objects";
import { patternIndex } from "./patterns";
import { remembered } from "./remembered";

/** What is known of a frame's function. */
export interface FrameFact {
  /** The functions of this explanation, as they are looked up; empty where only patterns name them. */
  readonly names: readonly string[];
  readonly library: string;
  /** Is it a function of a run-time library (libc, the C++ run-time and the like)? */
  readonly plumbing: boolean;
  readonly role: string;
  readonly interest: Interest;
  readonly explain: string;
  readonly confidence: Confidence;
  readonly reference: string | null;
}

/** A fact with the conditions under which it holds. */
interface Entry {
  readonly fact: FrameFact;
  readonly file: FrameFile;
  readonly frame: FrameEntry;
  readonly strict: boolean;
}

const entries = files.flatMap((file) => file.frames.map((frame) => entryOf(file, frame)));
const byName = new Map<string, Entry[]>();
for (const entry of entries) for (const name of entry.frame.names ?? []) addName(name, entry);
const byPattern = patternIndex(entries.flatMap(patternsOf));

/** Every function that something is known of by its whole name, in order. */
export const knownNames: () => readonly string[] = () => {
  names ??= [...byName.keys()].sort();
  return names;
};

let names: readonly string[] | null = null;

/**
 * What is known of a function, or null. The library is the object that the frame names (`/lib64/libc.so.6`; `vmlinux` or
 * `[module]` for the kernel). Where it names none, any program's libraries are meant, but not the kernel.
 */
export function frameFact(name: string, library: string | null = null): FrameFact | null {
  return factsIn(library ?? "")(name);
}

const factsIn = remembered((library: string) => {
  const object = library === "" ? null : objectNamed(library);
  return remembered((name: string) => findFact(name, object), 4096);
}, 64);

function findFact(name: string, object: string | null): FrameFact | null {
  for (const candidate of lookupNames(name)) {
    const found = best(byName.get(candidate) ?? [], object) ?? best(byPattern(candidate), object);
    if (found) return found.fact;
  }
  return null;
}

/** The library that the frame names comes first; then those that need no such proof. */
function best(found: readonly Entry[], object: string | null): Entry | undefined {
  const own = object === null ? undefined : found.find((entry) => ownObjects(entry.file, object));
  return own ?? found.find((entry) => !entry.strict && mayStandIn(entry.file, object));
}

/**
 * The short names of a run-time library (`raise`, `index`) mean it only in such a library, but one may stand in for
 * another: a sanitizer brings its own malloc.
 */
function mayStandIn(file: FrameFile, object: string | null): boolean {
  if (object === null || !file.plumbing || file.objects.length === 0) return true;
  return isPlumbing(object);
}

function entryOf(file: FrameFile, frame: FrameEntry): Entry {
  const { names = [], role, interest, explain, reference = null } = frame;
  const { library, plumbing = false } = file;
  const confidence = frame.confidence ?? file.confidence;
  const fact = { names, library, plumbing, role, interest, explain, confidence, reference };
  return { fact, file, frame, strict: frame.strict ?? file.strict ?? false };
}

function patternsOf(entry: Entry): { pattern: string; value: Entry }[] {
  return (entry.frame.patterns ?? []).map((pattern) => ({ pattern, value: entry }));
}

function addName(name: string, entry: Entry): void {
  const known = byName.get(name);
  if (known) known.push(entry);
  else byName.set(name, [entry]);
}
