import { BACKSLASH, DOUBLE_QUOTE, QUOTE } from "../chars";
import { closes, opens } from "../gdb/brackets";
import { skipApostrophe } from "../quotes";

/** Follows brackets and strings through a logical line that comes in pieces. */
export class Openness {
  depth = 0;
  inString = false;

  /** True while a string or a bracket is open: whatever comes next belongs to it. */
  get isOpen(): boolean {
    return this.inString || this.depth > 0;
  }

  /** Goes on with the piece `from .. to`. */
  feed(text: string, from: number, to: number): void {
    let at = from;
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
}
