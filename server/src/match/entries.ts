import type { Evidence, NamedReading, Value, Values } from "../find/finding";
import { MOST_EVIDENCE } from "../find/finding";
import { Pace } from "../find/pace";
import type { LogRecord } from "../read/model";
import { oncePer } from "../read/oncePer";
import type { Steps } from "../read/steps";
import { shorten } from "../words/printable";
import { candidates, entriesByKind } from "./candidates";
import type { LogCondition, LogPattern, ValueTest } from "./condition";
import { type Expression, expression } from "./expression";
import { type About, type Hit, LeafHit, leafHit, MOST_HITS, NOTHING_IN_PARTICULAR } from "./hit";
import { namedPid } from "./namedPid";
import { matchesText } from "./names";
import { sayings } from "./sayings";
import type { Scene } from "./scene";
import { passes } from "./valueTest";

/** Log entries that fit the pattern: one hit each, or one for all where they are counted. */
export function* matchEntries(condition: LogCondition, scene: Scene): Steps<Hit[]> {
  const { log } = condition;
  const search = log.message === undefined ? null : expression(log.message);
  const hits: Hit[] = [];
  const pace = new Pace();
  const cost = search === null ? 2 : 16;
  for (const source of scene.sources) {
    yield* entriesByKind.steps(source);
    for (const record of candidates(source, log, search)) {
      if (pace.isDone(cost)) yield;
      if (record === null) continue;
      const groups = fits(record, log, search);
      if (groups) hits.push(new EntryHit(condition, source, record, groups));
      if (hits.length >= MOST_HITS) break;
    }
  }
  return log.count === undefined ? hits : counted(hits, condition);
}

/** The named groups of the message's pattern where the entry fits; null where it does not. */
function fits(
  record: LogRecord,
  log: LogPattern,
  search: Expression | null,
): Readonly<Record<string, string>> | null {
  if (log.format !== undefined && !matchesText(log.format, record.format)) return null;
  if (log.crash !== undefined && log.crash !== record.crash) return null;
  if (log.severity !== undefined && !matchesText(log.severity, record.severity)) return null;
  if (log.code !== undefined && !matchesText(log.code, record.code)) return null;
  if (log.module !== undefined && !matchesText(log.module, record.module)) return null;
  for (const name in log.fields)
    if (!passes(log.fields[name] as ValueTest, record.fields[name])) return null;
  return search === null ? {} : searched(search, record.message);
}

/** A message longer than this is not one that people wrote patterns for. */
const LONGEST_MESSAGE = 8192;

function searched(search: Expression, message: string): Readonly<Record<string, string>> | null {
  const { required } = search;
  if (required !== null && !required.some((text) => message.includes(text))) return null;
  return search.search(message.slice(0, LONGEST_MESSAGE));
}

/** An entry that fits. */
class EntryHit extends LeafHit {
  readonly leaf: LogCondition;
  readonly count = 1;
  private readonly source: NamedReading;
  private readonly record: LogRecord;
  private readonly groups: Readonly<Record<string, string>>;

  constructor(
    leaf: LogCondition,
    source: NamedReading,
    record: LogRecord,
    groups: Readonly<Record<string, string>>,
  ) {
    super();
    this.leaf = leaf;
    this.source = source;
    this.record = record;
    this.groups = groups;
  }

  get about(): About {
    const { source, record, groups } = this;
    const named = namedPid(groups) ?? subjectPid(record);
    return {
      ...NOTHING_IN_PARTICULAR,
      source,
      pid: named ?? record.pid,
      subject: named ?? (record.crash ? record.pid : null),
      get time() {
        return timeOf(record);
      },
    };
  }

  protected bind(): Values {
    return boundValues(this.record, this.groups);
  }

  protected show(): Evidence[] {
    const { leaf, record, source } = this;
    const values = (): Values => this.values;
    return [
      {
        source,
        span: record.span,
        // Most places are counted and never shown.
        get says() {
          return sayings(leaf, values) ?? shorten(record.message.trim(), 120);
        },
      },
    ];
  }
}

/** What conditions about times ask of an entry. */
const timeOf = oncePer((record: LogRecord): number | null =>
  record.time === null ? null : Date.parse(`${record.time}Z`),
);

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
    .slice(0, MOST_EVIDENCE)
    .flatMap(({ parts }) => parts.flatMap((part) => part.evidence));
  const values = { ...first.values, count: hits.length };
  const says = sayings(condition, values);
  const told = says === null ? evidence : evidence.map((each) => ({ ...each, says }));
  return [leafHit(condition, told, values, first.about)];
}
