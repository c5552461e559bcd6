import { skipBlanks, skipBlanksBack } from "../chars";
import type { Lines } from "../lines";
import { Phrase } from "../phrase";
import { stampEnd } from "./stamp";
import { callerOf } from "./when";

/** A serial console asks for a user, and the kernel writes on: `web1 login: [ 4969.643414] text`. */
export const PROMPT = "login: [";

const PROMPT_PHRASE = new Phrase(PROMPT);

/** One line of a kernel's log. */
export interface KernelLine {
  readonly index: number;
  readonly text: string;
  /** Where the line starts, its stamp included. */
  readonly from: number;
  /** Where the message starts; equal to `from` where the line has no stamp. */
  readonly message: number;
  /** The first character of the message that is no blank. */
  readonly body: number;
  /** The end of the line, trailing blanks left out. */
  readonly to: number;
}

/** The line `index`; behind a console's prompt it starts where the prompt ends. */
export function kernelLine(lines: Lines, index: number, isPrompted: boolean): KernelLine {
  const { text } = lines;
  const start = lines.starts[index] as number;
  const end = lines.ends[index] as number;
  const from = isPrompted ? text.indexOf(PROMPT, start) + PROMPT.length - 1 : start;
  const message = stampEnd(text, from, end);
  const to = skipBlanksBack(text, message, end);
  return { index, text, from, message, body: skipBlanks(text, message, to), to };
}

export const isStamped = (line: KernelLine): boolean => line.message > line.from;

export const bodyOf = (line: KernelLine): string => line.text.slice(line.body, line.to);

/** On whose behalf the line was printed: lines of one report share it. Empty where the kernel does not tell. */
export const callerOfLine = (line: KernelLine): string =>
  isStamped(line) ? (callerOf(line.text, line.from, line.message) ?? "") : "";

/** The numbers of the lines on which the kernel writes behind a console's prompt; found in one pass over the whole text. */
export function promptedLines(lines: Lines): ReadonlySet<number> {
  const found = new Set<number>();
  let line = 0;
  for (let at = PROMPT_PHRASE.indexIn(lines.text); at >= 0; ) {
    while (line + 1 < lines.count && (lines.starts[line + 1] as number) <= at) line++;
    found.add(line);
    at = lines.text.indexOf("\n", at);
    if (at >= 0) at = PROMPT_PHRASE.indexIn(lines.text, at);
  }
  return found;
}
