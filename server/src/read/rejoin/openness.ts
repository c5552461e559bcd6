import { BACKSLASH, codeTable, DOUBLE_QUOTE, QUOTE, skipTo } from "../chars";
import { closes, opens } from "../gdb/brackets";
import { skipApostrophe } from "../quotes";

const SIGNS = codeTable("()[]{}\"'");

/** Follows brackets and strings through a logical line that comes in pieces. */
export class Openness {
  depth = 0;
  inString = false;
  /** The last two characters of the piece before. */
  private ended = "";

  /** True while a string or a bracket is open: whatever comes next belongs to it. */
  get isOpen(): boolean {
    return this.inString || this.depth > 0;
  }

  /** Goes on with the piece `from .. to`. */
  feed(text: string, from: number, to: number): void {
    let at = this.afterCutQuote(text, from);
    this.ended = text.slice(Math.max(from, to - 2), to);
    while (at < to)
      at = this.inString ? this.feedString(text, at, to) : this.feedSigns(text, at, to);
  }

  /** Goes on to the end of the string, and returns the place behind it. */
  private feedString(text: string, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === DOUBLE_QUOTE) {
        this.inString = false;
        return at + 1;
      }
    }
    return to;
  }

  /** Goes on to the start of a string, and returns the place behind its quote. */
  private feedSigns(text: string, from: number, to: number): number {
    let depth = this.depth;
    let at = skipTo(SIGNS, text, from, to);
    while (at < to) {
      const code = text.charCodeAt(at);
      if (code === QUOTE && depth > 0) at = skipApostrophe(text, at, to);
      else {
        at++;
        if (opens(code)) depth++;
        else if (closes(code) && depth > 0) depth--;
        else if (code === DOUBLE_QUOTE && depth > 0) {
          this.inString = true;
          break;
        }
      }
      at = skipTo(SIGNS, text, at, to);
    }
    this.depth = depth;
    return at;
  }

  /** The character `'"'` may have been cut in two: then its quote neither opens nor closes a string. */
  private afterCutQuote(text: string, from: number): number {
    if (this.ended.endsWith("'") && text.startsWith("\"'", from)) return from + 2;
    if (this.inString && this.ended === "'\"" && text.charCodeAt(from) === QUOTE) {
      this.inString = false;
      return from + 1;
    }
    return from;
  }
}
