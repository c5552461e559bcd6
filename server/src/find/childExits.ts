import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";
import { allLogs, recordEvidence, timeRange } from "./logs/logs";
import { Pace } from "./pace";

/** As many process ids are among the values. */
const MOST_PIDS = 20;

interface Exit {
  readonly source: NamedReading;
  readonly record: LogRecord;
}

/**
 * `child-exits`: Apache's children that a signal ended, one finding a signal. Values: `signal`, `count`, `first`,
 * `last`, `pids` (the first), `coreDumped` (does an entry say that a core may have been written?), `coreDirectory`.
 */
export const childExits: Finder = function* (sources) {
  const bySignal = new Map<string, Exit[]>();
  const pace = new Pace();
  for (const log of allLogs(sources)) {
    const { source, format, records } = log;
    if (format !== "apache") continue;
    for (const at of yield* log.inText(KINDS)) {
      if (pace.isDone(2)) yield;
      const record = records[at] as LogRecord;
      const signal = signalOf(record) ?? "";
      const exits = bySignal.get(signal);
      if (exits) exits.push({ source, record });
      else bySignal.set(signal, [{ source, record }]);
    }
  }
  const findings: Finding[] = [];
  for (const [signal, exits] of bySignal) findings.push(yield* describe(signal || null, exits));
  return findings;
};

const KINDS: ReadonlySet<string> = new Set(["child-exit-signal"]);

/** `SIGSEGV`; the words of the entry where the number says nothing; null where the entry is cut off before them. */
export function signalOf({ fields }: LogRecord): string | null {
  const { signalName, signalText } = fields;
  if (typeof signalName === "string") return signalName;
  return typeof signalText === "string" ? signalText : null;
}

function* describe(signal: string | null, exits: readonly Exit[]): Steps<Finding> {
  const records = exits.map(({ record }) => record);
  const folder = records.find(({ fields }) => typeof fields.coreDirectory === "string");
  const children = plural(exits.length, ["child", "children"]);
  return {
    kind: "child-exits",
    summary: `${children} of the server ended by ${signal ?? "a signal that the log does not name"}`,
    values: {
      signal,
      count: exits.length,
      ...(yield* timeRange(records)),
      pids: records
        .slice(0, MOST_PIDS)
        .flatMap(({ fields }) => (typeof fields.child === "number" ? fields.child : [])),
      coreDumped: folder !== undefined,
      coreDirectory: (folder?.fields.coreDirectory as string | undefined) ?? null,
    },
    evidence: exits
      .slice(0, MOST_EVIDENCE)
      .flatMap(({ source, record }) => recordEvidence(source, [record], () => "a child's end")),
  };
}
