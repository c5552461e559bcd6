import type { LogRecord, Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import { entryAt, kindKnown } from "../entries/entry";
import { inUtc } from "../utc";
import { apacheNotes } from "./apacheNotes";
import type { Hover } from "./hover";
import { faultNotes } from "./kernel/faultNotes";
import { reportNotes } from "./kernel/reportNotes";
import { signalNamed } from "./known/values";
import { lighttpdNotes } from "./lighttpdNotes";
import { lineAround } from "./lineHover";
import { code, dotted, paragraphs, plain } from "./markdown";

/** The card of a log entry: what happened, who wrote it, and what its numbers say. */
export function entryHover(reading: Reading, offset: number, zone: string): Hover | null {
  const record = entryAt(reading, offset);
  if (record === null) return null;
  const markdown = entryCard(reading, record, zone);
  if (markdown === "") return null;
  const line = lineAround(textOf(reading), offset);
  const from = Math.max(line.from, record.span.from);
  return { span: { from, to: Math.max(from, Math.min(line.to, record.span.to)) }, markdown };
}

function entryCard(reading: Reading, record: LogRecord, zone: string): string {
  const known = kindKnown(record);
  const notes = [known && plain(known.about), signalNote(record), ...notesOf(reading, record)];
  const said = paragraphs(notes);
  return said === "" ? "" : paragraphs([entryHead(record, known?.weight ?? null, zone), said]);
}

function entryHead(record: LogRecord, weight: string | null, zone: string): string {
  const { kind, crash, time, fields } = record;
  const isKnown = weight !== null;
  return dotted([
    isKnown ? `**${code(kind)}**` : "**Log entry**",
    crash ? "a crash" : (weight && WEIGHTS[weight]) || null,
    typeof fields.process === "string" ? code(fields.process) : null,
    time && plain(time.replace("T", " ")),
    time && inUtc(time, zone),
  ]);
}

const WEIGHTS: Readonly<Record<string, string>> = {
  failure: "a failure",
  warning: "a warning",
  client: "caused from outside, no fault of the server",
};

function signalNote({ fields }: LogRecord): string | null {
  const name = fields.signalName ?? fields.signal;
  const signal = typeof name === "string" ? signalNamed(name) : null;
  return signal && `**${plain(signal.name)}** (${signal.number}): ${plain(signal.means)}`;
}

function notesOf(reading: Reading, record: LogRecord): (string | null)[] {
  if (record.format === "apache") return apacheNotes(record);
  if (record.format === "lighttpd") return lighttpdNotes(reading, record);
  return [...faultNotes(record), ...reportNotes(record)];
}
