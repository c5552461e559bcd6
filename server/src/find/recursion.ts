import { frameFact } from "../frames/facts";
import { plainName } from "../frames/names";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { chosenEvidence, evidence } from "./evidence";
import type { Finder, Finding, NamedReading } from "./finding";
import type { Member, StackGroup } from "./groups";
import { lwpOf } from "./locks/owners";
import { Pace } from "./pace";
import { type Cycle, cycleKey, findCycle } from "./recursion/cycle";
import { stacksOf } from "./stacks";

/**
 * `recursion`: functions that call each other again and again, one finding a cycle, told of the deepest stack.
 * Values: `functions` (the cycle, innermost first), `function` (the program's own among them), `period`, `repeats`,
 * `depth` (frames in the stack, those that were not printed included), `pid`, `lwp`, `threads`, `processes`.
 */
export const recursion: Finder = function* (sources) {
  const cycles = new Map<string, Recursion[]>();
  for (const source of sources) {
    for (const found of yield* recursionsIn(source.reading)) {
      const known = cycles.get(found.key);
      if (known) known.push({ ...found, source });
      else cycles.set(found.key, [{ ...found, source }]);
    }
  }
  return [...cycles.values()].map((found) => describe(found, sources));
};

interface RecursiveStack {
  readonly key: string;
  readonly functions: readonly string[];
  readonly cycle: Cycle;
  readonly members: readonly Member[];
}

interface Recursion extends RecursiveStack {
  readonly source: NamedReading;
}

function* recursionsIn(reading: Reading): Steps<RecursiveStack[]> {
  const found: RecursiveStack[] = [];
  const pace = new Pace();
  for (const group of stacksOf(reading)) {
    const stack = recursionIn(group);
    if (stack !== null) found.push(stack);
    // Each is gone through as often as there are lengths of a cycle.
    if (pace.isDone(1 + group.functions.length)) yield;
  }
  return found;
}

function recursionIn({ functions, members }: StackGroup): RecursiveStack | null {
  const cycle = findCycle(numbered(functions), UNNAMED);
  if (cycle === null) return null;
  const repeated = functions.slice(cycle.from, cycle.from + cycle.period);
  return { key: cycleKey(repeated), functions: repeated, cycle, members };
}

const UNNAMED = -1;

/** Functions as numbers, equal where they are the same; frames without a name may be anything. */
function numbered(functions: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(functions, (name) => {
    if (name.startsWith("??") || name.startsWith("<signal handler")) return UNNAMED;
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
}

function describe(found: readonly Recursion[], sources: readonly NamedReading[]): Finding {
  const deepest = found.reduce((one, other) =>
    other.cycle.repeats > one.cycle.repeats ? other : one,
  );
  const first = deepest.members[0] as Member;
  const members = found.flatMap((recursive) => recursive.members);
  const { period, repeats } = deepest.cycle;
  const functions = deepest.functions.map(plainName);
  const depth = depthOf(first.thread.frames);
  return {
    kind: "recursion",
    summary: summaryOf(functions, atLeast(repeats, depth > first.thread.frames.length), depth),
    values: {
      functions,
      function: tellingFunction(deepest.functions),
      ...{ period, repeats, depth },
      pid: first.process.pid,
      lwp: lwpOf(first),
      threads: members.length,
      processes: new Set(members.map(({ process }) => process)).size,
    },
    evidence: chosenEvidence(sources, evidenceOf(deepest, first), found.flatMap(firstFrames)),
  };
}

/** `bt 20` and `bt -20` print a part; the highest number tells how many frames there are. */
const depthOf = (frames: readonly Frame[]): number =>
  frames.reduce((depth, { number }) => Math.max(depth, (number ?? -1) + 1), frames.length);

/** The innermost function that no library brought, or else the innermost. */
function tellingFunction(functions: readonly string[]): string | null {
  const own = functions.find((name) => frameFact(name) === null) ?? functions[0];
  return own === undefined ? null : plainName(own);
}

/** A cycle is named by its first functions. */
const MOST_NAMED = 3;

/** Frames that were not printed may repeat, too. */
const atLeast = (repeats: number, isCut: boolean): string =>
  isCut ? `at least ${repeats}` : String(repeats);

function summaryOf(functions: readonly string[], repeats: string, depth: number): string {
  const frames = plural(depth, ["frame", "frames"]);
  if (functions.length === 1) {
    return `${functions[0]} calls itself ${repeats} times in a stack of ${frames}`;
  }
  const named = functions.slice(0, MOST_NAMED).join(", ");
  const names = functions.length > MOST_NAMED ? `${named} and others` : named;
  return `${functions.length} functions call each other ${repeats} times in a stack of ${frames}: ${names}`;
}

/** The whole of the first cycle, frame by frame, and the outermost frame of the last one. */
function evidenceOf({ source, cycle }: Recursion, { thread: { frames } }: Member) {
  const { from, period, repeats } = cycle;
  const last = frames[from + period * repeats - 1] as Frame;
  return [
    ...frames.slice(from, from + period).map(({ span }) => evidence(source, span, "repeats")),
    evidence(source, last.span, `ends ${repeats} repetitions`),
  ];
}

function firstFrames({ source, cycle, members }: Recursion) {
  return members
    .slice(1)
    .map(({ thread }) => evidence(source, (thread.frames[cycle.from] as Frame).span, "repeats"));
}
