import { isoTime, monthNumber } from "../calendar";
import { indexWithin, NEWLINE, RETURN } from "../chars";
import type { Envelope, EnvelopeOf } from "../envelope";
import type { Lines } from "../lines";
import type { Rewritten } from "../rewrite";

/** Longer prefixes than this are not looked into; journald's JSON can have much before the message. */
const LONGEST_PREFIX = 4096;

/** A JSON line longer than this is not parsed for its time and host. */
const LONGEST_JSON = 1 << 16;

/**
 * What the shippers wrote before (or around) the clean lines, read when asked for: the prefix is whatever stands on the
 * line of the document before the text that the clean line starts with. `text` is the document.
 */
export function envelopes(text: string, clean: Rewritten, lines: Lines): EnvelopeOf {
  const { mapping } = clean;
  if (mapping === null) return () => null;
  // A line is asked about several times, and many lines have the prefix of the one before.
  let last: { line: number; prefix: string; envelope: Envelope | null } | null = null;
  const envelopeOf = (line: number): { prefix: string; envelope: Envelope | null } => {
    const from = lines.starts[line] as number;
    const at = mapping.toOriginal({ from, to: from }).from;
    const prefix = text.slice(lineStart(text, at), at).replace(/^[> ]+/, "");
    if (prefix === "" || prefix.length >= LONGEST_PREFIX) return { prefix: "", envelope: null };
    if (prefix === last?.prefix && !isJson(prefix)) return last;
    const envelope = parseEnvelope(prefix, () => wholeLine(text, at - prefix.length));
    return { prefix, envelope };
  };
  return (line) => {
    if (last?.line !== line) last = { line, ...envelopeOf(line) };
    return last.envelope;
  };
}

/** Then the rest of the line tells. */
const isJson = (prefix: string): boolean => prefix.startsWith('{"');

/** The start of the line that holds what stands before `at`, as far as prefixes go. */
function lineStart(text: string, at: number): number {
  const least = Math.max(0, at - LONGEST_PREFIX);
  let start = at;
  while (start > least && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

const isLineBreak = (code: number): boolean => code === NEWLINE || code === RETURN;

function wholeLine(text: string, start: number): string {
  const end = indexWithin(text, "\n", start, start + LONGEST_JSON);
  return text.slice(start, end < 0 ? start + LONGEST_JSON : end);
}

const HOST_TAG = String.raw`(\S{1,255}) +([^\s:[\]]{1,128})(?:\[(\d{1,10})\])?:`;
const SYSLOG = new RegExp(
  String.raw`^(?:<\d{1,3}>)?([A-Z][a-z]{2}) +(\d{1,2}) ([\d:.]{8,15}) +${HOST_TAG}`,
);
const ISO = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT[\d:.,]{8,19}(?:Z|[+-]\d\d:?\d\d)?) +${HOST_TAG}`,
);
const RFC5424 = /^<\d{1,3}>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) /;
const BARE = /^\[?(\d{4}-\d\d-\d\d)[T ]([\d:.,]{8,19})(Z|[+-]\d\d:?\d\d)?/;

/** `line` gives the whole line, for shippers that write JSON. */
export function parseEnvelope(prefix: string, line: () => string): Envelope | null {
  if (isJson(prefix)) return parseJson(line());
  const syslog = SYSLOG.exec(prefix);
  if (syslog) {
    // A leap year, so that every day of every year is one.
    const day = isoTime(
      2000,
      monthNumber(syslog[1] as string),
      Number(syslog[2]),
      syslog[3] as string,
    );
    if (day === null) return null;
    const yearless = day.slice("2000-".length);
    return { time: null, yearless, ...sender(syslog[4], syslog[5], syslog[6]) };
  }
  const iso = ISO.exec(prefix);
  if (iso) return { time: time(iso[1] as string), ...sender(iso[2], iso[3], iso[4]) };
  const rfc = RFC5424.exec(prefix);
  if (rfc) return { time: time(rfc[1] as string), ...sender(rfc[2], rfc[3], rfc[4]) };
  const bare = BARE.exec(prefix);
  return bare
    ? { time: time(`${bare[1]}T${bare[2]}${bare[3] ?? ""}`), host: null, unit: null, pid: null }
    : null;
}

const sender = (host?: string, unit?: string, pid?: string) => ({
  host: known(host),
  unit: known(unit),
  pid: pid && /^\d{1,10}$/.test(pid) ? Number(pid) : null,
});

/** RFC 5424 writes `-` for what it does not know. */
const known = (word: string | undefined): string | null => (word && word !== "-" ? word : null);

const time = (printed: string): string | null =>
  printed === "-" ? null : printed.replace(",", ".");

function parseJson(line: string): Envelope | null {
  const fields = line.length >= LONGEST_JSON ? null : jsonObject(line.replace(/^[> ]+/, ""));
  if (fields === null) return null;
  const text = (...names: string[]) => {
    const value = names.map((name) => fields.get(name)).find((found) => typeof found === "string");
    return (value as string | undefined) ?? null;
  };
  return {
    time: text("time", "@timestamp", "timestamp") ?? journalTime(text("__REALTIME_TIMESTAMP")),
    host: text("_HOSTNAME", "host", "hostname"),
    unit: text("SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "unit", "container_name"),
    pid: Number(text("_PID", "SYSLOG_PID")) || null,
  };
}

function jsonObject(line: string): Map<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === "object" ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

/** Microseconds since 1970, as journald writes them. */
function journalTime(microseconds: string | null): string | null {
  if (microseconds === null || !/^\d{10,17}$/.test(microseconds)) return null;
  return new Date(Number(microseconds) / 1000).toISOString();
}
