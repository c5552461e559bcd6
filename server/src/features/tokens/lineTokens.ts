import { type LineKind, lineKind } from "../../read/gdb/lineKind";
import type { Reading, Table } from "../../read/model";
import type { Characters } from "../../read/piecedText";
import { textOf } from "../../read/renewal";
import type { Span } from "../../read/span";
import { framePlacesIn, processAt, threadAt } from "../locate";
import type { TokenModifier, TokenType } from "./legend";
import { type Token, token } from "./token";

/** What gdb prints around the frames: banners, separators, threads, stops, processes. */
export function lineTokens(reading: Reading, within: Span): Token[] {
  const text = textOf(reading);
  return reading.sections
    .filter(({ kind }) => kind === "gdb-session" || kind === "backtrace")
    .filter(({ span }) => span.from < within.to && within.from < span.to)
    .flatMap(({ span }) => linesOf(text, span, within))
    .flatMap((line) => tokensOfLine(reading, line));
}

function linesOf(text: Characters, section: Span, within: Span): Span[] {
  const lines: Span[] = [];
  let from = text.lastIndexOf("\n", Math.max(section.from, within.from) - 1) + 1;
  from = Math.max(from, section.from);
  const end = Math.min(section.to, within.to);
  while (from < end) {
    const newline = text.indexOf("\n", from);
    const to = newline < 0 || newline > section.to ? section.to : newline;
    lines.push({ from, to });
    from = to + 1;
  }
  return lines;
}

function tokensOfLine(reading: Reading, line: Span): Token[] {
  const text = textOf(reading).slice(line.from, line.to);
  const kind = lineKind(text, 0, text.length);
  return LINES[kind]?.(reading, line) ?? [];
}

type Colour = (reading: Reading, line: Span) => Token[];

const LINES: Partial<Record<LineKind, Colour>> = {
  banner: (_, line) => [token(line, "btBanner")],
  "banner-rest": (_, line) => [token(line, "btBanner")],
  separator: (reading, line) => [token(line, "btSeparator", processModifiers(reading, line))],
  thread: (reading, line) => threadTokens(reading, line, threadModifiers(reading, line)),
  event: (reading, line) => threadTokens(reading, line, []),
  current: (reading, line) => threadTokens(reading, line, []),
  stop: (reading, line) => [
    ...threadTokens(reading, line, []),
    ...matches(reading, line, /\b(?:SIG[A-Z0-9]{2,10}|signal \d{1,2})\b/g, "btSignal"),
  ],
  attach: (reading, line) => matches(reading, line, /\bprocess \d{1,10}\b/g, "btProcess"),
  detach: (reading, line) => matches(reading, line, /\bprocess \d{1,10}\b/g, "btProcess"),
};

function threadTokens(reading: Reading, line: Span, modifiers: readonly TokenModifier[]): Token[] {
  const ids = /\b[Tt]hread (?:is )?[\d.]+\b|\b(?:LWP|process) \d{1,10}\b/g;
  return [
    ...matches(reading, line, ids, "btThread", modifiers),
    ...matches(reading, line, /\b0x[0-9a-f]{1,16}\b/g, "btAddress"),
    ...matches(reading, line, /"[^"]{0,64}"/g, "btString"),
  ].sort((one, other) => one.span.from - other.span.from);
}

function matches(
  reading: Reading,
  line: Span,
  pattern: RegExp,
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): Token[] {
  const text = textOf(reading).slice(line.from, line.to);
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => {
    const from = line.from + index;
    return token({ from, to: from + found.length }, type, modifiers);
  });
}

const crashedIf = (crashed: boolean | undefined): TokenModifier[] => (crashed ? ["crashed"] : []);

function threadModifiers(reading: Reading, line: Span): TokenModifier[] {
  return crashedIf(threadAt(reading, line.from)?.thread.crashed);
}

function processModifiers(reading: Reading, line: Span): TokenModifier[] {
  const process = processAt(reading, line.from);
  return crashedIf(process?.threads.some((thread) => thread.crashed));
}

/** The prompts, with what was typed. */
export function promptTokens({ prompts }: Reading, within: Span): Token[] {
  return prompts
    .filter(({ span, command }) => span.from < within.to && within.from < command.to)
    .flatMap(({ span, command }) =>
      command.from < command.to
        ? [token(span, "btPrompt"), token(command, "btCommand")]
        : [token(span, "btPrompt")],
    );
}

/** The columns of gdb's tables that are the same in every row. */
const COLUMNS: Readonly<Record<string, readonly TokenType[]>> = {
  "thread-list": ["btThread", "btThread"],
  "library-list": ["btAddress", "btAddress", "btValue", "btLibrary"],
  "register-list": ["btParameter", "btAddress", "btValue"],
};

/** The cells of gdb's tables; a row that shows a frame is coloured as one. */
export function tableTokens(reading: Reading, within: Span): Token[] {
  const tables = reading.tables.filter(
    ({ span }) => span.from < within.to && within.from < span.to,
  );
  if (tables.length === 0) return [];
  const frames = framePlacesIn(reading, within);
  const starts = new Set(frames.map(({ frame }) => frame.span.from));
  return tables.flatMap((table) => cellTokens(table, within, starts));
}

function cellTokens(
  { kind, rows }: Table,
  within: Span,
  frameStarts: ReadonlySet<number>,
): Token[] {
  const types = COLUMNS[kind];
  if (types === undefined) return [];
  return rows
    .filter(({ span }) => span.from < within.to && within.from < span.to)
    .flatMap(({ cells }) =>
      cells.flatMap(({ span }, i) => {
        const type = types[i];
        return type && !frameStarts.has(span.from) ? [token(span, type)] : [];
      }),
    );
}
