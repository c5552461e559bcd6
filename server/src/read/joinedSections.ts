import type { Reading, Section } from "./model";
import { place } from "./place";
import { type Position, Positions, type Range } from "./positions";

/** A section at its place in the whole text. */
export interface PlacedSection {
  readonly kind: string;
  readonly range: Range;
}

/** The last section so far: what comes next may belong to it. */
interface Held extends Omit<BlockSections, "at" | "sections"> {
  readonly section: PlacedSection;
}

/** The sections of a block, as if it were the whole. */
export interface BlockSections {
  /** Where the block begins. */
  readonly at: Position;
  readonly sections: readonly PlacedSection[];
  /** Does the last one go on in the next block? */
  readonly isOpen: boolean;
  /** Where it ends without the blank lines behind it, and where the next one begins then. */
  readonly end: Position;
  readonly next: Position;
}

/** The sections of a block. `found` are those before what nobody claims was added. */
export function blockSections(
  reading: Reading,
  found: readonly Section[],
  at: Position,
  isOpen: boolean,
): BlockSections {
  const positions = new Positions(reading.text, at);
  const sections = reading.sections.map(({ kind, span }) => ({
    kind,
    range: positions.range(place(reading, span)),
  }));
  const last = found[found.length - 1]?.span ?? { from: 0, to: 0 };
  const next = place(reading, { from: last.to, to: last.to }).from;
  const end = positions.at(place(reading, last).to);
  return { at, sections, isOpen, end, next: positions.at(next) };
}

/** Puts together the sections of a text that is read in blocks. */
export class JoinedSections {
  private held: Held | null = null;

  /** The sections that have ended by now: one that may go on comes with the next block, or a later one. */
  add({ at, sections, isOpen, end, next }: BlockSections): PlacedSection[] {
    const joined = this.joined(sections, at);
    const section = joined.pop();
    if (section !== undefined) this.held = { section, isOpen, end, next };
    return joined;
  }

  /** What is left behind the last block. */
  finish(): PlacedSection[] {
    return this.held ? [this.held.section] : [];
  }

  /** The sections of a block behind the one that was held. */
  private joined(placed: readonly PlacedSection[], at: Position): PlacedSection[] {
    const [first, ...rest] = placed;
    if (this.held === null || first === undefined) return [...placed];
    const { section, isOpen, end, next } = this.held;
    const isText = section.kind === "text";
    if (isOpen || (isText && first.kind === "text")) {
      const range = { start: section.range.start, end: first.range.end };
      return [{ kind: first.kind, range }, ...rest];
    }
    if (isText) return [withRange(section, section.range.start, at), first, ...rest];
    return [
      withRange(section, section.range.start, end),
      withRange(first, next, first.range.end),
      ...rest,
    ];
  }
}

const withRange = ({ kind }: PlacedSection, start: Position, end: Position): PlacedSection => ({
  kind,
  range: { start, end },
});
