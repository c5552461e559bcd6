import type { Evidence, Value, Values } from "../find/finding";
import { Pace } from "../find/pace";
import type { Frame } from "../read/frame";
import type { Steps } from "../read/steps";
import type { FramePattern, FramesCondition } from "./condition";
import { type About, type Hit, LeafHit, MOST_HITS } from "./hit";
import { matchesName, matchesText, namePattern } from "./names";
import { executable } from "./program";
import { sayings } from "./sayings";
import type { Scene } from "./scene";
import { type Stack, type StackKind, stackKinds } from "./stacks";

/** Stacks that hold the frames in order. Each stack gives one hit: the innermost way in which it matches. */
export function* matchFrames(condition: FramesCondition, scene: Scene): Steps<Hit[]> {
  const patterns = condition.frames.map((pattern) =>
    typeof pattern === "string" ? { function: pattern } : pattern,
  );
  const runs = adjacentRuns(patterns);
  const hits: Hit[] = [];
  const isByName = patterns.every(asksForNames);
  const pace = new Pace();
  for (const source of scene.sources) {
    for (const kind of yield* stackKinds.steps(source)) {
      if (pace.isDone()) yield;
      if (!patterns.every((pattern) => mayHold(kind, pattern))) continue;
      // Names are the same in all stacks of a kind.
      const inAll = isByName ? findInOrder(kind, kind.stacks[0] as Stack, runs) : undefined;
      if (inAll === null) continue;
      for (const stack of kind.stacks) {
        if (hits.length >= MOST_HITS) return hits;
        if (pace.isDone(2 + (stack.frames.length >> 4))) yield;
        if (condition.crashed && stack.thread?.crashed === false) continue;
        const found = inAll ?? findInOrder(kind, stack, runs);
        if (found) hits.push(new StackHit(condition, patterns, stack, found));
      }
    }
  }
  return hits;
}

/** Does the pattern ask for nothing that can differ in stacks with the same functions? */
const asksForNames = ({ library, file, line, arguments: wanted }: FramePattern): boolean =>
  library === undefined && file === undefined && line === undefined && wanted === undefined;

/** A quick no for the many stacks that lack one of the functions. */
function mayHold({ anyName }: StackKind, { function: name }: FramePattern): boolean {
  if (name === undefined) return true;
  const pattern = namePattern(name);
  for (const exact of pattern.exact) if (anyName.has(exact)) return true;
  return pattern.globs.length > 0 && matchesName(pattern, [...anyName]);
}

/** The indices of the frames, one for each pattern; null where they are not there in this order. */
function findInOrder(
  kind: StackKind,
  stack: Stack,
  runs: readonly FramePattern[][],
): number[] | null {
  let found: number[] | null = null;
  let from = 0;
  for (const run of runs) {
    const at = firstFrom(kind, stack, from, run);
    if (at < 0) return null;
    // Made only now: most stacks have not even the first.
    found ??= [];
    from = at + run.length;
    for (let i = at; i < from; i++) found.push(i);
  }
  return found ?? [];
}

/** Patterns of frames that follow each other directly, together. */
function adjacentRuns(patterns: readonly FramePattern[]): FramePattern[][] {
  const runs: FramePattern[][] = [];
  for (const pattern of patterns) {
    if (pattern.next && runs.length > 0) runs.at(-1)?.push(pattern);
    else runs.push([pattern]);
  }
  return runs;
}

function firstFrom(
  kind: StackKind,
  stack: Stack,
  from: number,
  run: readonly FramePattern[],
): number {
  for (let at = from; at + run.length <= stack.frames.length; at++) {
    let i = 0;
    while (i < run.length && holds(kind, stack, at + i, run[i] as FramePattern)) i++;
    if (i === run.length) return at;
  }
  return -1;
}

function holds(kind: StackKind, stack: Stack, at: number, pattern: FramePattern): boolean {
  if (pattern.within !== undefined && at >= pattern.within) return false;
  if (pattern.culprit && at !== kind.culprit) return false;
  const { function: name } = pattern;
  if (name !== undefined && !matchesName(namePattern(name), kind.names[at] as string[]))
    return false;
  return holdsPlace(stack.frames[at] as Frame, pattern);
}

function holdsPlace(frame: Frame, pattern: FramePattern): boolean {
  const { library, file, line, arguments: wanted } = pattern;
  if (library !== undefined && !matchesText(library, baseName(frame.library))) return false;
  if (file !== undefined && !matchesText(file, baseName(frame.file))) return false;
  if (line !== undefined && !linesOf(line).includes(frame.line ?? -1)) return false;
  return Object.values(wanted ?? {}).every((names) => argumentNamed(frame, names) !== undefined);
}

const linesOf = (line: number | readonly number[]): readonly number[] =>
  typeof line === "number" ? [line] : line;

const baseName = (path: string | null): string | null => path?.replace(/^.*[\\/]/, "") ?? null;

const argumentNamed = (frame: Frame, names: string) =>
  frame.arguments?.find(({ name }) => matchesText(names, name));

/** The frames of a stack at these places. */
class StackHit extends LeafHit {
  readonly leaf: FramesCondition;
  private readonly patterns: readonly FramePattern[];
  private readonly stack: Stack;
  private readonly found: readonly number[];

  constructor(
    leaf: FramesCondition,
    patterns: readonly FramePattern[],
    stack: Stack,
    found: readonly number[],
  ) {
    super();
    this.leaf = leaf;
    this.patterns = patterns;
    this.stack = stack;
    this.found = found;
  }

  get count(): number {
    return this.found.length;
  }

  get about(): About {
    const { source, process, thread, record } = this.stack;
    const pid = process?.pid ?? record?.pid ?? null;
    const time = record?.time ? Date.parse(`${record.time}Z`) : null;
    return { source, pid, subject: pid, process, thread, time };
  }

  protected bind(): Values {
    return boundValues(this.stack, this.patterns, this.frames);
  }

  protected show(): Evidence[] {
    const { frames, leaf } = this;
    const values = (): Values => this.values;
    return frames.map((frame, i) => ({
      source: this.stack.source,
      span: frame.span,
      // Most places are counted and never shown.
      get says() {
        return sayings(leaf, values) ?? saysFrame(frame, i, frames.length);
      },
    }));
  }

  private get frames(): Frame[] {
    return this.found.map((at) => this.stack.frames[at] as Frame);
  }
}

/** gdb's marker, which is no function's. */
const SIGNAL = "<signal handler called>";

function saysFrame(frame: Frame, i: number, count: number): string {
  const name =
    frame.function ?? (frame.kind === "signal-handler" ? SIGNAL : "a frame without a name");
  return i === 0
    ? `${name} is on the stack`
    : `${count === i + 1 ? "and" : "then"} ${name}, further out`;
}

/** What is known of the stack and of the frame that the pattern points at, and the arguments that the patterns name. */
function boundValues(
  { process, thread, record }: Stack,
  patterns: readonly FramePattern[],
  frames: readonly Frame[],
): Record<string, Value> {
  const marked = patterns.findIndex(({ here }) => here);
  const here = frames.at(marked) as Frame;
  const values: Record<string, Value> = {
    pid: process?.pid ?? record?.pid ?? null,
    program: executable(process?.program ?? null),
    lwp: thread?.lwp ?? process?.pid ?? null,
    thread: thread?.number ?? null,
    frame: here.number,
    function: here.function,
    file: here.file,
    line: here.line,
    address: here.address,
    library: here.library,
  };
  for (const [i, pattern] of patterns.entries()) {
    for (const [name, wanted] of Object.entries(pattern.arguments ?? {})) {
      const printed = argumentNamed(frames[i] as Frame, wanted)?.value;
      if (printed !== undefined) values[name] = firstWord(printed);
    }
  }
  return values;
}

/** `0x7f29a0 "text"` and `0x7f29a0 <symbol>` begin with what a command takes. */
const firstWord = (value: string): string => value.trim().split(" ", 1)[0] ?? value;
