import type { Reading, Section } from "./model";
import { place } from "./place";
import { type Position, Positions, type Range } from "./positions";

/** A section at its place in the whole text. */
export interface PlacedSection {
  readonly kind: string;
  readonly range: Range;
}

/** The last section so far: what comes next may belong to it. */
interface Held {
  readonly section: PlacedSection;
  readonly isOpen: boolean;
  /** Where it ends without the blank lines behind it, and where the next one begins then. */
  readonly end: Position;
  readonly next: Position;
}

/** Puts together the sections of a text that is read in blocks. */
export class JoinedSections {
  private held: Held | null = null;

  /**
   * The sections that have ended by now. `found` are those of the block before what nobody claims was added, and `isOpen`
   * says that the last one goes on in the next block.
   */
  add(reading: Reading, found: readonly Section[], at: Position, isOpen: boolean): PlacedSection[] {
    const positions = new Positions(reading.text, at);
    const sections = this.joined(
      reading.sections.map(({ kind, span }) => ({
        kind,
        range: positions.range(place(reading, span)),
      })),
      at,
    );
    const section = sections.pop();
    if (section === undefined) return sections;
    const last = found[found.length - 1]?.span ?? { from: 0, to: 0 };
    const next = place(reading, { from: last.to, to: last.to }).from;
    const end = positions.at(place(reading, last).to);
    this.held = { section, isOpen, end, next: positions.at(next) };
    return sections;
  }

  /** All that is left, with the last block. */
  finish(reading: Reading, found: readonly Section[], at: Position): PlacedSection[] {
    const sections = this.add(reading, found, at, false);
    return this.held ? [...sections, this.held.section] : sections;
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
