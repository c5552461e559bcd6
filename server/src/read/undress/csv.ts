import { COMMA, DOUBLE_QUOTE, NEWLINE, RETURN } from "../chars";
import type { Characters } from "../piecedText";
import { Rewriter, type Rewritten } from "../rewrite";

/** Columns that hold the line itself in exports of log searches. */
const MESSAGE_COLUMNS: ReadonlySet<string> = new Set([
  "message",
  "msg",
  "_raw",
  "log",
  "line",
  "textpayload",
]);

/** A header is not longer than this. */
const LONGEST_HEADER = 2000;

/** A field of a record: where its text is, without the quotes. */
interface Field {
  readonly from: number;
  readonly to: number;
  readonly isQuoted: boolean;
  /** Behind the comma or the line break that ends the field. */
  readonly next: number;
  readonly isLast: boolean;
}

/** Does the text begin with the header of such an export? */
export const isCsvExport = (text: Characters): boolean => messageColumn(text) >= 0;

/** Puts the message column of a CSV export (`time,host,message`) in the place of its records. */
export function unpackCsv(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  const column = messageColumn(text);
  if (column >= 0) {
    let at = skipRecord(text, 0);
    rewriter.replace(0, at, "");
    while (at < text.length) at = unpackRecord(rewriter, text, at, column);
  }
  return rewriter.finish();
}

/** The number of the message column, or -1 where the text does not begin with such a header. */
function messageColumn(text: Characters): number {
  const header = /^[\w@. "-]{1,200}(?:,[\w@. "-]{1,200}){1,30}(?=\r?\n)/.exec(
    text.slice(0, LONGEST_HEADER),
  );
  if (!header) return -1;
  const names = header[0].split(",").map((name) => name.replace(/"/g, "").trim().toLowerCase());
  return names.findIndex((name) => MESSAGE_COLUMNS.has(name));
}

function unpackRecord(rewriter: Rewriter, text: string, from: number, column: number): number {
  let done = from;
  let at = from;
  for (let i = 0; at < text.length; i++) {
    const field = fieldAt(text, at);
    at = field.next;
    if (i === column) {
      rewriter.replace(done, field.from, "");
      if (field.isQuoted) undoubleQuotes(rewriter, text, field);
      done = field.to;
    }
    if (field.isLast) break;
  }
  rewriter.replace(done, at, done > from ? "\n" : "");
  return at;
}

function skipRecord(text: string, from: number): number {
  let field = fieldAt(text, from);
  while (!field.isLast) field = fieldAt(text, field.next);
  return field.next;
}

/** RFC 4180: a quoted field may hold commas, line breaks, and quotes that are doubled. */
function fieldAt(text: string, from: number): Field {
  const isQuoted = text.charCodeAt(from) === DOUBLE_QUOTE;
  const start = isQuoted ? from + 1 : from;
  const to = isQuoted ? closingQuote(text, start) : start;
  let end = isQuoted ? Math.min(to + 1, text.length) : start;
  while (end < text.length && !isEnd(text.charCodeAt(end))) end++;
  const isLast = text.charCodeAt(end) !== COMMA;
  const isPair = text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === NEWLINE;
  const next = Math.min(text.length, end + (isPair ? 2 : 1));
  return { from: start, to: isQuoted ? to : end, isQuoted, next, isLast };
}

const isEnd = (code: number): boolean => code === COMMA || code === NEWLINE || code === RETURN;

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text.charCodeAt(at) !== DOUBLE_QUOTE) continue;
    if (text.charCodeAt(at + 1) !== DOUBLE_QUOTE) return at;
    at++;
  }
  return text.length;
}

function undoubleQuotes(rewriter: Rewriter, text: string, { from, to }: Field): void {
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) === DOUBLE_QUOTE) rewriter.replace(at, ++at + 1, '"');
  }
}
