import type { Frame, FrameKind, FramePart } from "../read/frame";
import type { Reading, Thread } from "../read/model";
import type { Steps } from "../read/steps";
import { Pace } from "./pace";
import { stepwise } from "./stepwise";

// A fleet's stacks differ in addresses and arguments and in little else. What follows from the other parts is worked out
// once for each shape.

/** What frames have in common that read alike but for number, address and arguments. */
export class FrameShape {
  /** The first such frame. */
  readonly frame: Frame;
  private readonly kind: FrameKind;
  private readonly function: string | null;
  private readonly library: string | null;
  private readonly file: string | null;
  private readonly line: string | null;

  constructor(frame: Frame) {
    this.frame = frame;
    this.kind = frame.kind;
    this.function = textOf(frame, "function");
    this.library = textOf(frame, "library");
    this.file = textOf(frame, "file");
    this.line = textOf(frame, "line");
  }

  isOf(frame: Frame): boolean {
    return (
      frame.reads("line", this.line) &&
      frame.reads("function", this.function) &&
      frame.reads("library", this.library) &&
      frame.reads("file", this.file) &&
      frame.kind === this.kind
    );
  }

  /** Equal for frames of one shape. */
  get key(): string {
    const { kind, function: name, library, file, line } = this;
    return JSON.stringify([kind, name, library, file, line]);
  }
}

function textOf(frame: Frame, name: FramePart): string | null {
  const span = frame.part(name);
  return span && frame.text.slice(span.from, span.to);
}

/** What stacks have in common whose frames have the same shapes. */
export interface StackShape {
  /** Innermost first. */
  readonly frames: readonly FrameShape[];
  /** The first thread with such a stack. */
  readonly first: Thread;
}

/** The shapes of a text's stacks. */
export const shapesOf = stepwise(function* ({
  processes,
}: Reading): Steps<ReadonlyMap<Thread, StackShape>> {
  const shapes = new Map<Thread, StackShape>();
  const tree = new ShapeTree();
  const pace = new Pace();
  for (const { threads } of processes) {
    for (const thread of threads) {
      shapes.set(thread, tree.shapeOf(thread));
      if (pace.isDone(1 + (thread.frames.length >> 4))) yield;
    }
  }
  return shapes;
});

/** The shape of the frames from the innermost one up to here. */
interface Step {
  readonly frame: FrameShape | null;
  readonly before: Step | null;
  /** The step that was taken last from here: it is the likeliest one. */
  last: Step | null;
  /** All of them; null where there is no other, as nearly everywhere. */
  next: Map<FrameShape, Step> | null;
  shape: StackShape | null;
}

const newStep = (frame: FrameShape | null, before: Step | null): Step => ({
  frame,
  before,
  last: null,
  next: null,
  shape: null,
});

class ShapeTree {
  private readonly root = newStep(null, null);
  private readonly known = new Map<string, FrameShape>();

  shapeOf(thread: Thread): StackShape {
    let step = this.root;
    for (const frame of thread.frames) step = this.next(step, frame);
    step.shape ??= { frames: framesTo(step), first: thread };
    return step.shape;
  }

  private next(step: Step, frame: Frame): Step {
    if (step.last?.frame?.isOf(frame)) return step.last;
    const shape = likely(step, frame) ?? this.frameShape(frame);
    const next = step.next?.get(shape) ?? newStep(shape, step);
    if (step.last?.frame) {
      step.next ??= new Map([[step.last.frame, step.last]]);
      step.next.set(shape, next);
    }
    step.last = next;
    return next;
  }

  private frameShape(frame: Frame): FrameShape {
    const made = new FrameShape(frame);
    const known = this.known.get(made.key) ?? made;
    this.known.set(made.key, known);
    return known;
  }
}

/** More are not compared one by one. */
const MOST_LIKELY = 8;

/** The frame is one of those which came next before, or another call of the same function; null where it is new here. */
function likely({ frame: own, next }: Step, frame: Frame): FrameShape | null {
  if (own?.isOf(frame)) return own;
  let left = MOST_LIKELY;
  for (const shape of next?.keys() ?? []) {
    if (shape.isOf(frame)) return shape;
    if (--left === 0) break;
  }
  return null;
}

function framesTo(last: Step): FrameShape[] {
  const frames: FrameShape[] = [];
  for (let step: Step | null = last; step?.frame; step = step.before) frames.push(step.frame);
  return frames.reverse();
}
