import { CLOSE_BRACE, DOUBLE_QUOTE, indexWithin } from "../chars";
import { skipBrackets } from "../gdb/brackets";
import type { Lines, Split } from "../lines";
import type { Meeting } from "../met";
import { skipString } from "../quotes";
import { Rewriter, type Rewritten } from "../rewrite";
import { decodeString } from "./jsonLines";

/**
 * Puts a session in gdb's machine interface (an IDE's log) into the words that gdb has for people: console text as it
 * was, and `frame={level="0",addr="0x41",func="f",file="a.c",line="7"}` as `#0  0x41 in f (...) at a.c:7`. The rest stays.
 */
export function unpackMachineInterface(text: string, split: Split, met: Meeting): Rewritten {
  const rewriter = new Rewriter(text);
  const lines = split(text);
  met.isSpoken = isSpoken(lines);
  if (met.isSpoken) {
    for (let i = 0; i < lines.count; i++) {
      unpackLine(rewriter, text, lines.starts[i] as number, lines.ends[i] as number);
    }
  }
  return rewriter.finish();
}

const WORDS: readonly (readonly [code: number, word: string])[] = [
  "^done",
  "*stopped",
  '~"',
  '&"',
  '@"',
  "=thread-group",
].map((word) => [word.charCodeAt(0), word]);

/** Is a line of the machine interface among these? */
function isSpoken({ text, starts, count }: Lines): boolean {
  for (let i = 0; i < count; i++) {
    const code = text.charCodeAt(starts[i] as number);
    // Digits, letters and most lines of a capture need no further look.
    if (code < 38 || (code > 64 && code < 94) || (code > 94 && code < 126)) continue;
    for (const [first, word] of WORDS)
      if (code === first && text.startsWith(word, starts[i])) return true;
  }
  return false;
}

function unpackLine(rewriter: Rewriter, text: string, from: number, to: number): void {
  const mark = text.charAt(from);
  if (mark === "~" || mark === "&" || mark === "@") unpackConsole(rewriter, text, from, to);
  else if (mark === "^" || mark === "*") unpackFrames(rewriter, text, from, to);
}

/** `~"Program"`: the line break of the console is inside the string, the one behind it is the machine's. */
function unpackConsole(rewriter: Rewriter, text: string, from: number, to: number): void {
  if (text.charCodeAt(from + 1) !== DOUBLE_QUOTE || skipString(text, from + 1, to) !== to) return;
  rewriter.replace(from, from + 2, "");
  decodeString(rewriter, text, from + 2, to - 1);
  const next = text.startsWith("\r\n", to) ? to + 2 : to + 1;
  rewriter.replace(to - 1, Math.min(next, text.length), "");
}

/** Frames of a backtrace, or the one at which the program stopped; argument lists of frames shown elsewhere are left. */
function unpackFrames(rewriter: Rewriter, text: string, from: number, to: number): void {
  if (text.startsWith("^done,stack-args=", from) || text.startsWith("^done,threads=", from)) return;
  const line = text.slice(from, to);
  let cursor = from;
  for (let at = line.indexOf("frame={"); at >= 0; ) {
    const open = from + at;
    const end = skipBrackets(text, open + "frame=".length, to, true);
    if (end < 0) break;
    cursor = unpackFrame(rewriter, text, cursor, open, end, cursor > from);
    at = line.indexOf("frame={", end - from);
  }
  if (cursor > from) rewriter.replace(cursor, to, "");
}

const PUT_BEFORE: Readonly<Record<string, string>> = {
  level: "#",
  addr: "  ",
  func: " in ",
  file: " at ",
  line: ":",
  from: " from ",
};

/** Rewrites one tuple; everything from `cursor` on that is not wanted is dropped. Returns the end of what was rewritten. */
function unpackFrame(
  rewriter: Rewriter,
  text: string,
  cursor: number,
  open: number,
  end: number,
  isLater: boolean,
): number {
  let done = cursor;
  let put = isLater ? "\n" : "";
  let at = open + "frame={".length;
  let hasList = false;
  while (at < end && text.charCodeAt(at) !== CLOSE_BRACE) {
    const equals = indexWithin(text, "=", at, end);
    if (equals < 0) break;
    const key = text.slice(at, equals);
    const isText = text.charCodeAt(equals + 1) === DOUBLE_QUOTE;
    const after = isText
      ? skipString(text, equals + 1, end)
      : skipBrackets(text, equals + 1, end, true);
    if (after < 0) break;
    if (key === "args") {
      rewriter.replace(done, equals + 1, " (");
      unpackArguments(rewriter, text, equals + 1, after);
      done = after;
      put = ")";
      hasList = true;
    } else if (isText && PUT_BEFORE[key] !== undefined) {
      const isPlace = key === "file" || key === "from";
      const list = isPlace && !hasList ? " (...)" : "";
      hasList ||= isPlace;
      const sign = key === "addr" && done === cursor ? "" : PUT_BEFORE[key];
      rewriter.replace(done, equals + 2, `${put}${list}${sign}`);
      done = after - 1;
      put = "";
    }
    at = text.charAt(after) === "," ? after + 1 : after;
  }
  if (!hasList || put !== "") {
    rewriter.replace(done, end, `${put}${hasList ? "" : " (...)"}`);
    done = end;
  }
  return done;
}

/** `[{name="it",type="item *",value="0x0"}]` as `it=0x0`. */
function unpackArguments(rewriter: Rewriter, text: string, from: number, to: number): void {
  const wanted = /(?:\{|,)(name|value)="/g;
  wanted.lastIndex = from;
  let done = from;
  let count = 0;
  for (let match = wanted.exec(text); match && match.index < to; match = wanted.exec(text)) {
    const open = match.index + match[0].length;
    const after = skipString(text, open - 1, to);
    if (after < 0) break;
    const isName = match[1] === "name";
    rewriter.replace(done, open, isName ? (count++ > 0 ? ", " : "") : "=");
    decodeString(rewriter, text, open, after - 1);
    done = after - 1;
    wanted.lastIndex = after;
  }
  rewriter.replace(done, to, "");
}
