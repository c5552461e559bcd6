import type { Evidence, NamedReading, Value } from "../find/finding";
import { MOST_EVIDENCE } from "../find/finding";
import type { LogRecord } from "../read/model";
import { oncePer } from "../read/oncePer";
import { shorten } from "../words/printable";
import type { LogCondition, LogPattern } from "./condition";
import { type Expression, expression } from "./expression";
import { type Hit, leafHit, MOST_HITS } from "./hit";
import { namedPid } from "./namedPid";
import { matchesText } from "./names";
import { sayings } from "./sayings";
import type { Scene } from "./scene";
import { passes } from "./valueTest";

/** Log entries that fit the pattern: one hit each, or one for all where they are counted. */
export function matchEntries(condition: LogCondition, scene: Scene): Hit[] {
  const { log } = condition;
  const search = log.message === undefined ? null : expression(log.message);
  const hits: Hit[] = [];
  for (const source of scene.sources) {
    for (const record of candidates(source, log)) {
      const groups = fits(record, log, search);
      if (groups) hits.push(toHit(condition, source, record, groups));
      if (hits.length >= MOST_HITS) break;
    }
  }
  return log.count === undefined ? hits : counted(hits, condition);
}

/** Entries by kind, so that a rare kind is found without looking at every entry. */
const byKind: (source: NamedReading) => ReadonlyMap<string, readonly LogRecord[]> = oncePer(
  ({ reading }: NamedReading) => {
    const kinds = new Map<string, LogRecord[]>();
    for (const record of reading.records) {
      const alike = kinds.get(record.kind);
      if (alike) alike.push(record);
      else kinds.set(record.kind, [record]);
    }
    return kinds;
  },
);

function candidates(source: NamedReading, { kind }: LogPattern): readonly LogRecord[] {
  if (kind === undefined) return source.reading.records;
  const kinds = byKind(source);
  const wanted = [...kinds.keys()].filter((name) => matchesText(kind, name));
  return wanted.flatMap((name) => kinds.get(name) ?? []);
}

/** The named groups of the message's pattern where the entry fits; null where it does not. */
function fits(
  record: LogRecord,
  log: LogPattern,
  search: Expression | null,
): Readonly<Record<string, string>> | null {
  const named = [
    [log.format, record.format],
    [log.code, record.code],
    [log.module, record.module],
    [log.severity, record.severity],
  ] as const;
  if (named.some(([wanted, is]) => wanted !== undefined && !matchesText(wanted, is))) return null;
  if (log.crash !== undefined && log.crash !== record.crash) return null;
  const fields = Object.entries(log.fields ?? {});
  if (!fields.every(([name, test]) => passes(test, record.fields[name]))) return null;
  return search === null ? {} : searched(search, record.message);
}

/** A message longer than this is not one that people wrote patterns for. */
const LONGEST_MESSAGE = 8192;

function searched(search: Expression, message: string): Readonly<Record<string, string>> | null {
  const { required } = search;
  if (required !== null && !required.some((text) => message.includes(text))) return null;
  return search.search(message.slice(0, LONGEST_MESSAGE));
}

function toHit(
  condition: LogCondition,
  source: NamedReading,
  record: LogRecord,
  groups: Readonly<Record<string, string>>,
): Hit {
  const values = boundValues(record, groups);
  const says = sayings(condition, values) ?? shorten(record.message.trim(), 120);
  const time = record.time === null ? null : Date.parse(`${record.time}Z`);
  const named = namedPid(groups) ?? subjectPid(record);
  const pid = named ?? record.pid;
  const subject = named ?? (record.crash ? record.pid : null);
  const about = { source, pid, subject, time };
  return leafHit(condition, [{ source, span: record.span, says }], values, about);
}

function boundValues(
  record: LogRecord,
  groups: Readonly<Record<string, string>>,
): Record<string, Value> {
  const { kind, code, module, time, pid, tid, source } = record;
  return {
    ...(source && { file: source.file, line: source.line }),
    ...groups,
    kind,
    code,
    module,
    time,
    tid,
    ...record.fields,
    pid: namedPid(groups) ?? subjectPid(record) ?? pid,
  };
}

/** The process that an entry tells of: the kernel and Apache's parent write about others. */
const subjectPid = ({ fields }: LogRecord): number | null =>
  [fields.child, fields.backendPid, fields.victimPid, fields.pid].find(
    (value) => typeof value === "number",
  ) ?? null;

/** All hits as one where there are as many as asked for. */
function counted(hits: readonly Hit[], condition: LogCondition): Hit[] {
  const [first] = hits;
  if (first === undefined || !passes(condition.log.count ?? null, hits.length)) return [];
  const evidence: Evidence[] = hits
    .flatMap(({ parts }) => parts.flatMap((part) => part.evidence))
    .slice(0, MOST_EVIDENCE);
  const values = { ...first.values, count: hits.length };
  const says = sayings(condition, values);
  const told = says === null ? evidence : evidence.map((each) => ({ ...each, says }));
  return [leafHit(condition, told, values, first.about)];
}
