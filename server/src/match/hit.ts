import type { Evidence, NamedReading, Values } from "../find/finding";
import type { Process, Thread } from "../read/model";
import type { Leaf } from "./condition";

/** One way in which a condition holds. */
export interface Hit {
  /** Which leaves hold, and where. Empty only for conditions about what is not there. */
  readonly parts: readonly Part[];
  /** What the match bound: `pid`, `frame`, `lock`, named groups, ... */
  readonly values: Values;
  /** What it is about, as far as it is about one of a kind: conditions are joined on these. */
  readonly about: About;
}

export interface Part {
  readonly leaf: Leaf;
  readonly evidence: readonly Evidence[];
  /** How many places the evidence has. */
  readonly count: number;
}

export interface About {
  readonly source: NamedReading | null;
  readonly pid: number | null;
  /** The process that it tells of: not the one that only wrote the entry, as Apache's parent does. */
  readonly subject: number | null;
  readonly process: Process | null;
  readonly thread: Thread | null;
  /** In milliseconds; null for what has no time. */
  readonly time: number | null;
}

export const NOTHING_IN_PARTICULAR: About = {
  source: null,
  pid: null,
  subject: null,
  process: null,
  thread: null,
  time: null,
};

/** A hit of one leaf at one place. It tells of the process that it is about, where nothing else is said. */
export function leafHit(
  leaf: Leaf,
  evidence: readonly Evidence[],
  values: Values | (() => Values),
  about: Partial<About>,
): Hit {
  const subject = about.pid ?? null;
  const whole = { ...NOTHING_IN_PARTICULAR, subject, ...about };
  const parts = [{ leaf, evidence, count: evidence.length }];
  return typeof values === "function"
    ? new LazyHit(parts, values, whole)
    : { parts, values, about: whole };
}

/**
 * A hit of one leaf at one place that is told when somebody asks. Of thousands, hardly anybody asks for more than whom
 * they are about, and what is made for each has to be collected again.
 */
export abstract class LeafHit implements Hit, Part {
  abstract readonly leaf: Leaf;
  abstract readonly count: number;
  private shown: readonly Evidence[] | null = null;
  private bound: Values | null = null;

  get parts(): readonly Part[] {
    return [this];
  }

  get evidence(): readonly Evidence[] {
    this.shown ??= this.show();
    return this.shown;
  }

  get values(): Values {
    this.bound ??= this.bind();
    return this.bound;
  }

  abstract get about(): About;
  protected abstract show(): readonly Evidence[];
  protected abstract bind(): Values;
}

/** Of thousands of hits, hardly anybody asks what more than a few bound. */
class LazyHit implements Hit {
  readonly parts: readonly Part[];
  readonly about: About;
  private readonly bind: () => Values;
  private bound: Values | null = null;

  constructor(parts: readonly Part[], bind: () => Values, about: About) {
    this.parts = parts;
    this.bind = bind;
    this.about = about;
  }

  get values(): Values {
    this.bound ??= this.bind();
    return this.bound;
  }
}

/** One leaf's hits beyond these are counted by findings, not shown one by one. */
export const MOST_HITS = 2000;

/** Hits that hold together. What the first of them bound stays. */
export function together(hits: readonly Hit[]): Hit {
  const [first] = hits;
  if (first !== undefined && hits.length === 1) return first;
  const parts = hits.flatMap((hit) => hit.parts);
  const bind = (): Values => {
    const values: Record<string, Values[string]> = {};
    for (const hit of hits)
      for (const [name, value] of Object.entries(hit.values)) values[name] ??= value;
    return values;
  };
  return new LazyHit(parts, bind, first?.about ?? NOTHING_IN_PARTICULAR);
}
