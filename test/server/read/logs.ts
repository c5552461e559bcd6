import { readFileSync } from "node:fs";
import { ApacheReader } from "../../../server/src/read/apache/reader";
import type { EnvelopeOf } from "../../../server/src/read/envelope";
import { LighttpdReader } from "../../../server/src/read/lighttpd/reader";
import { type Lines, splitLines } from "../../../server/src/read/lines";
import type { LogRecord, Table } from "../../../server/src/read/model";
import {
  emptyOutput,
  type FormatReader,
  type Output,
  readAtOnce,
} from "../../../server/src/read/output";
import { splitApache } from "../../../server/src/read/rejoin/apache";
import { splitLighttpd } from "../../../server/src/read/rejoin/lighttpd";
import { straightenTables } from "../../../server/src/read/rejoin/tables";
import { TablesReader } from "../../../server/src/read/tables/reader";

/** What was read, with the text that the spans are in. */
export interface Log extends Output {
  readonly text: string;
}

export const readApache = (text: string, envelopeOf?: EnvelopeOf): Log =>
  readWith(splitApache(text).text, (lines, out) => new ApacheReader(lines, out, envelopeOf));

export const readLighttpd = (text: string): Log =>
  readWith(splitLighttpd(text).text, (lines, out) => new LighttpdReader(lines, out));

export const readTables = (text: string): Log =>
  readWith(straightenTables(text).text, (lines, out) => new TablesReader(lines, out));

function readWith(text: string, make: (lines: Lines, output: Output) => FormatReader): Log {
  const lines = splitLines(text);
  const output = emptyOutput();
  const reader = make(lines, output);
  for (let at = 0; at < lines.count; at = Math.max(at + 1, readAtOnce(reader, at)));
  reader.finish();
  return { text, ...output };
}

export const fixture = (path: string): string =>
  readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");

/** `kind name=value name=value`: what a record says, in the order of the report. */
export function recordText(record: LogRecord | undefined): string {
  if (record === undefined) return "-";
  const { kind, time, severity, module, pid, tid, code, source, fields } = record;
  const parts = { time, severity, module, pid, tid, code, source: source && sourceText(source) };
  const values = Object.entries({ ...parts, ...fields }).filter(([, value]) => value !== null);
  return [kind, ...values.map(([name, value]) => `${name}=${value}`)].join(" ");
}

const sourceText = (source: { file: string; line: number }) => `${source.file}:${source.line}`;

export const recordTexts = (log: Log): string => log.records.map(recordText).join("\n");

/** `kind "message"` of every record. */
export const messages = (log: Log): string =>
  log.records.map(({ kind, message }) => `${kind} ${JSON.stringify(message)}`).join("\n");

/** How often each kind occurs, the first seen first. */
export function kindCounts(log: Log): string {
  const counts = new Map<string, number>();
  for (const { kind } of log.records) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join("\n");
}

/** `code "text"` of every problem. */
export const problems = (log: Log): string =>
  log.problems
    .map(({ code, span }) => `${code} ${JSON.stringify(log.text.slice(span.from, span.to))}`)
    .join("\n");

/** `kind "first line" ... "last line"` of every section. */
export const sections = (log: Log): string =>
  log.sections
    .map(({ kind, span }) => {
      const lines = log.text.slice(span.from, span.to).split("\n");
      return `${kind} ${lines.length}: ${lines[0]?.slice(0, 30)} ... ${lines.at(-1)?.slice(0, 30)}`;
    })
    .join("\n");

/** A table's kind, and its rows with a bar between the cells. */
export const tableText = ({ kind, columns, rows }: Table): string =>
  [
    kind,
    columns.join("|"),
    ...rows.map((row) => row.cells.map((cell) => cell.text).join("|")),
  ].join("\n");
