import { Rewriter, type Rewritten } from "../rewrite";

// CSI sequences (colours, cursor), OSC sequences (titles, links), character sets, single-letter escapes.
const ESCAPES =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[()*+][0-9A-Za-z]|[=>78cDEHMNOZ])/g;

/** Takes out what a terminal would have shown as colour or cursor movement. */
export function dropColours(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  if (text.includes("\x1b")) {
    for (const match of text.matchAll(ESCAPES)) {
      rewriter.replace(match.index, match.index + match[0].length, "");
    }
  }
  return rewriter.finish();
}
