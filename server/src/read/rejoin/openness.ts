import { BACKSLASH, DOUBLE_QUOTE, QUOTE } from "../chars";
import { closes, opens } from "../gdb/brackets";
import { skipApostrophe } from "../quotes";

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
    while (at < to) {
      const code = text.charCodeAt(at);
      if (this.inString) {
        if (code === BACKSLASH) at++;
        else if (code === DOUBLE_QUOTE) this.inString = false;
        at++;
      } else if (code === QUOTE && this.depth > 0) at = skipApostrophe(text, at, to);
      else {
        if (code === DOUBLE_QUOTE) this.inString = this.depth > 0;
        else if (opens(code)) this.depth++;
        else if (closes(code) && this.depth > 0) this.depth--;
        at++;
      }
    }
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
