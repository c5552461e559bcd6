import type { LogRecord } from "../read/model";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import type { Paint } from "./paint";

/** Kinds beyond these are only counted. */
const MOST_KINDS = 30;

/** What the logs say: for each format its kinds with counts and times, crashes first, then as they come. */
export function recordsText(records: readonly LogRecord[], paint: Paint): string[] {
  return [...groupBy(records, ({ format }) => format)].map(([format, entries]) => {
    const kinds = [...groupBy(entries, ({ kind }) => kind).values()];
    kinds.sort((one, other) => Number(hasCrash(other)) - Number(hasCrash(one)));
    const shown = kinds.slice(0, MOST_KINDS).map((alike) => `  ${kindText(alike, paint)}`);
    const hidden = kinds.length - shown.length;
    if (hidden > 0) shown.push(`  ... ${plural(hidden, "more kind")}`);
    const head = `${paint.bold(printable(`${format} log`))}: ${plural(entries.length, "record")}`;
    return `${head}\n${shown.join("\n")}\n`;
  });
}

function groupBy(
  records: readonly LogRecord[],
  key: (record: LogRecord) => string,
): Map<string, LogRecord[]> {
  const groups = new Map<string, LogRecord[]>();
  for (const record of records) {
    const group = groups.get(key(record));
    if (group) group.push(record);
    else groups.set(key(record), [record]);
  }
  return groups;
}

const hasCrash = (records: readonly LogRecord[]): boolean => records.some(({ crash }) => crash);

/** `2 × child-exit-signal  2010-11-22T20:04:33 to 20:05:12`, with the message of one that stands alone. */
function kindText(alike: readonly LogRecord[], paint: Paint): string {
  const [first] = alike as [LogRecord];
  const name = `${alike.length} × ${first.kind}`;
  const only = alike.length === 1 ? `  ${shorten(headline(first), 100)}` : "";
  const line = printable(`${name}${period(alike)}${only}`);
  return first.crash ? paint.strong(line) : line;
}

/** A kernel report's headline says more than the line that it begins with. */
function headline({ message, fields }: LogRecord): string {
  const { title } = fields;
  return (typeof title === "string" ? title : message).split("\n")[0] ?? "";
}

function period(alike: readonly LogRecord[]): string {
  const times = alike.flatMap(({ time }) => time ?? []).sort();
  const first = times[0];
  const last = times[times.length - 1];
  if (first === undefined || last === undefined) return "";
  if (first.slice(0, 19) === last.slice(0, 19)) return `  ${first.slice(0, 19)}`;
  const isSameDay = first.slice(0, 10) === last.slice(0, 10);
  return `  ${first.slice(0, 19)} to ${last.slice(isSameDay ? 11 : 0, 19)}`;
}
