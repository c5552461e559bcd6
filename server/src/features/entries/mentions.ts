import type { LogRecord, Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import type { Span } from "../../read/span";
import { numericValue } from "../values";

/** Something that several entries of a log may name. */
export interface Subject {
  readonly role: "process" | "program" | "backend" | "client" | "address";
  /** As it stands in the text, but without what not every entry prints with it. */
  readonly text: string;
}

/** The fields that hold what a role says. */
const FIELDS: readonly (readonly [Subject["role"], readonly string[]])[] = [
  ["process", ["child", "backendPid", "running", "victimPid"]],
  ["program", ["process", "victim"]],
  ["backend", ["backend"]],
  ["client", ["client", "remote"]],
  ["address", ["address", "ip"]],
];

/** Everything that an entry names and others may name too. */
export function subjectsOf({ pid, fields }: LogRecord): Subject[] {
  const named = FIELDS.flatMap(([role, names]) =>
    names.map((name) => ({ role, value: fields[name] })),
  );
  return [{ role: "process" as const, value: pid }, ...named].flatMap(({ role, value }) => {
    const text = value === null || value === undefined ? null : PLAIN[role](String(value));
    return text ? [{ role, text }] : [];
  });
}

/** Below this an address is an offset, which is equal by chance. */
const LEAST_TELLING = 0x10000n;

const PLAIN: Readonly<Record<Subject["role"], (value: string) => string | null>> = {
  // lighttpd writes 0 for a process that it did not start.
  process: (value) => (value === "0" ? null : value),
  program: (value) => value,
  backend: (value) => value.replace(/^(?:tcp|unix):/, ""),
  client: (value) => value,
  address: (value) => ((numericValue(value) ?? 0n) < LEAST_TELLING ? null : value.slice(2)),
};

/** No entry names anything further from its beginning than this. */
const FARTHEST = 4000;

/** The places where the entry has the subject. */
export function mentionsOf(reading: Reading, record: LogRecord, subject: Subject): Span[] {
  const { from, to } = record.span;
  const text = textOf(reading).slice(from, Math.min(to, from + FARTHEST));
  const spans: Span[] = [];
  for (let at = text.indexOf(subject.text); at >= 0; ) {
    const end = at + subject.text.length;
    if (isMention(text, at, end, subject)) spans.push({ from: from + at, to: from + end });
    at = text.indexOf(subject.text, end);
  }
  return spans;
}

/** A process id is a small number, which stands for much else: it needs a word or a name before it. */
const BEFORE_PROCESS = /(?:pid|tid|child|process)\W{1,3}$|[\w)]\[$/i;

function isMention(text: string, at: number, end: number, { role }: Subject): boolean {
  if (/\w/.test(text.charAt(end))) return false;
  const before = text.slice(Math.max(0, at - 12), at);
  if (role === "process") return BEFORE_PROCESS.test(before);
  return role === "address" ? /(?:^|[^\w])(?:0x)?0*$/.test(before) : !/\w$/.test(before);
}
