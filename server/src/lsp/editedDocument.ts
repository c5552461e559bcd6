import type {
  Position,
  Range,
  TextDocument,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver-textdocument";
import { type Change, changeBetween, composed, type Edit } from "../read/change";
import { NEWLINE, RETURN } from "../read/chars";
import { PiecedText } from "../read/piecedText";
import { lastAtOrBefore } from "../read/span";

/** What was done to make a version. */
interface VersionEdit extends Edit {
  readonly version: number;
}

/** So many edits are remembered. */
const MOST_EDITS = 1000;

/**
 * An open document whose text is kept in pieces: the library's own puts all of it together again for each key, which takes
 * longer than anything else where it has megabytes. It gives the same positions.
 */
export class EditedDocument implements Omit<TextDocument, "getLineRange" | "getEOLCharacters"> {
  readonly uri: string;
  readonly languageId: string;
  version: number;
  content: PiecedText;
  /** Where each line starts; null until somebody asks. */
  private lines: number[] | null = null;
  private edits: VersionEdit[] = [];

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.content = PiecedText.of(text);
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  getText(range?: Range): string {
    if (range === undefined) return this.content.toString();
    const { from, to } = this.spanOf(range);
    return this.content.slice(from, to);
  }

  offsetAt({ line, character }: Position): number {
    const { lineStarts, content } = this;
    if (line >= lineStarts.length) return content.length;
    if (line < 0) return 0;
    const start = lineStarts[line] as number;
    if (character <= 0) return start;
    const end = lineStarts[line + 1] ?? content.length;
    return this.beforeLineBreak(Math.min(start + character, end), start);
  }

  positionAt(offset: number): Position {
    const { lineStarts, content } = this;
    const at = Math.max(0, Math.min(offset, content.length));
    const line = lastAtOrBefore(lineStarts, at, (start) => start);
    const start = lineStarts[line] as number;
    return { line, character: this.beforeLineBreak(at, start) - start };
  }

  /** Does what the editor says that was done. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) this.edit(this.changeOf(change), version);
    this.edits.splice(0, this.edits.length - MOST_EDITS);
    this.version = version;
  }

  /** The one edit that made the text of one version of that of another; null where that is too long ago. */
  changeBetween(
    older: number,
    newer: number,
  ): (Pick<Change, "from" | "to"> & { end: number }) | null {
    const first = this.edits[0];
    if (older < newer && (first === undefined || first.version > older + 1)) return null;
    return composed(this.edits.filter(({ version }) => older < version && version <= newer));
  }

  private changeOf(change: TextDocumentContentChangeEvent): Change {
    if (!("range" in change)) return changeBetween(this.content.toString(), change.text);
    return { ...this.spanOf(change.range), inserted: change.text };
  }

  private spanOf({ start, end }: Range): { from: number; to: number } {
    const [one, other] = [this.offsetAt(start), this.offsetAt(end)];
    return { from: Math.min(one, other), to: Math.max(one, other) };
  }

  private edit({ from, to, inserted }: Change, version: number): void {
    this.moveLines(from, to, inserted);
    this.content = this.content.edited(from, to, inserted);
    this.edits.push({ version, from, to, length: inserted.length });
  }

  private moveLines(from: number, to: number, inserted: string): void {
    const { lines } = this;
    // What a carriage return ends depends on what stands behind it.
    const isUnsure = inserted.includes("\r") || this.content.charCodeAt(from - 1) === RETURN;
    if (lines === null || isUnsure || inserted.length > LONG) {
      this.lines = null;
      return;
    }
    const first = lastAtOrBefore(lines, from, (start) => start) + 1;
    const behind = lastAtOrBefore(lines, to, (start) => start) + 1;
    const added = lineStarts(inserted)
      .slice(1)
      .map((start) => start + from);
    lines.splice(first, behind - first, ...added);
    const shift = inserted.length - (to - from);
    if (shift === 0) return;
    for (let line = first + added.length; line < lines.length; line++)
      lines[line] = (lines[line] as number) + shift;
  }

  private get lineStarts(): readonly number[] {
    this.lines ??= lineStarts(this.content.toString());
    return this.lines;
  }

  /** No position is behind the signs that end its line. */
  private beforeLineBreak(offset: number, start: number): number {
    let at = offset;
    while (at > start && isLineBreak(this.content.charCodeAt(at - 1))) at--;
    return at;
  }
}

/** The lines of a longer insertion are found together with all others. */
const LONG = 1 << 16;

const isLineBreak = (code: number): boolean => code === NEWLINE || code === RETURN;

/** Where each line of a text starts, the first at 0; lines end with `\n`, `\r\n` or `\r`. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isLineBreak(code)) continue;
    if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) at++;
    starts.push(at + 1);
  }
  return starts;
}
