import { indexWithin, OPEN_BRACKET, RETURN } from "../chars";
import { Phrase } from "../phrase";
import { Rewriter, type Rewritten } from "../rewrite";

// Log viewers, mailers and blogs break the kernel's long lines:
//
//     kernel: [4838261.071917] haproxy[610]: segfault
//     at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4
//     in ld-musl-x86_64.so.1[7fdb03fe2000+87000]
//
// The grammar of these lines is fixed, so that a line break can be told from the end of the line: after `segfault`
// stands `at`, and a line of nothing but bytes goes on with the `Code:` before it.

/** A blank, or a line break with blanks around it. */
const GAP = "(?:[ \\t]+|[ \\t]*\\r?\\n[ \\t]*)";
const HEX = "[0-9a-f]{1,16}";
const OBJECT = `(?:,?${GAP}in${GAP}[^\\s\\[]{1,255}\\[(?:${HEX},)?${HEX}\\+${HEX}\\])?`;
const CORE = `(?:${GAP}likely${GAP}on${GAP}CPU${GAP}\\d{1,6}(?:${GAP}\\(core${GAP}\\d{1,6},${GAP}socket${GAP}\\d{1,6}\\))?)?`;

const BROKEN_LINES: readonly { readonly start: Phrase; readonly whole: RegExp }[] = [
  {
    start: new Phrase("segfault"),
    whole: new RegExp(
      `segfault${GAP}at${GAP}${HEX}${GAP}[re]?ip${GAP}${HEX}${GAP}[re]?sp${GAP}${HEX}${GAP}error${GAP}${HEX}${OBJECT}${CORE}`,
      "y",
    ),
  },
  {
    start: new Phrase("general protection"),
    whole: new RegExp(
      `general protection(?:${GAP}fault)?${GAP}ip:${HEX}${GAP}sp:${HEX}${GAP}error:${HEX}${OBJECT}`,
      "y",
    ),
  },
  {
    start: new Phrase("] trap "),
    whole: new RegExp(
      `\\] trap (?:[a-zA-Z3]{1,16}${GAP}){1,4}ip:${HEX}${GAP}sp:${HEX}${GAP}error:${HEX}${OBJECT}`,
      "y",
    ),
  },
  {
    start: new Phrase("Code: "),
    whole: new RegExp(`Code:(?:${GAP}<?[0-9a-f]{2}>?){8,80}(?=\\s|$)`, "y"),
  },
];

/** Puts the kernel's broken lines together again. A text without such a line costs one search for each kind. */
export function joinKernelLines(text: string): Rewritten {
  const breaks: LineBreak[] = [];
  for (const { start, whole } of BROKEN_LINES) {
    const { length } = start.text;
    for (let at = start.indexIn(text); at >= 0; at = start.indexIn(text, at + length)) {
      if (isWhole(text, at)) continue;
      whole.lastIndex = at;
      if (whole.test(text)) addBreaks(breaks, text, behindName(text, at), whole.lastIndex);
    }
  }
  const rewriter = new Rewriter(text);
  for (const { from, to } of breaks.sort((a, b) => a.from - b.from))
    rewriter.replace(from, to, " ");
  return rewriter.finish();
}

/** No broken line begins anew with a bracket, as every line with a stamp does, nor stands alone in front of the words. */
function isWhole(text: string, at: number): boolean {
  const end = indexWithin(text, "\n", at, at + LONGEST_LINE);
  // The end of a longer line is not looked for: a log of one line has a great many such words.
  if (end < 0) return false;
  let next = end + 1;
  while (isSpace(text.charCodeAt(next))) next++;
  const isLast = next === text.length || text.charCodeAt(next) === OPEN_BRACKET;
  return isLast && !text.slice(behindName(text, at), at).includes("\n");
}

/** The kernel itself writes no longer ones. */
const LONGEST_LINE = 1024;

/** A line may break right behind the thread that the words belong to: `haproxy[610]:`. */
function behindName(text: string, at: number): number {
  let start = at;
  while (start > 0 && (isSpace(text.charCodeAt(start - 1)) || text[start - 1] === "\n")) start--;
  return text.startsWith("]:", start - 2) ? start : at;
}

interface LineBreak {
  readonly from: number;
  readonly to: number;
}

/** The line breaks between `from` and `to`, with the blanks around them. */
function addBreaks(breaks: LineBreak[], text: string, from: number, to: number): void {
  const next = (after: number): number => indexWithin(text, "\n", after, to);
  for (let at = next(from); at >= 0; at = next(at + 1)) {
    let start = at;
    while (isSpace(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (isSpace(text.charCodeAt(end))) end++;
    breaks.push({ from: start, to: end });
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === RETURN;
