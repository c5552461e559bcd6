import type { LogRecord, Process } from "../read/model";
import type { Steps } from "../read/steps";
import { printable, shorten } from "../words/printable";
import { signalOf } from "./childExits";
import type { Evidence, Finder, Finding, NamedReading } from "./finding";
import { DAY, secondsOf } from "./logs/clock";
import { inOrder } from "./logs/logs";
import { Pace } from "./pace";

/** One text's word on how a process ended. */
interface Witness {
  readonly told: "apache" | "kernel" | "backtrace";
  readonly source: NamedReading;
  readonly span: Evidence["span"];
  readonly time: string | null;
  readonly signal: string | null;
  readonly program: string | null;
  /** Of the thread that crashed: the kernel has it in the program's place. */
  readonly threadName: string | null;
}

/** What is said of one end: at most one witness of each sort. */
type Death = readonly Witness[];

/**
 * `child-death`: a process whose end is told by two or three of Apache's error log, the kernel's log and a backtrace,
 * in whichever texts. Values: `pid`, `signal`, `program`, `sources`, `apacheTime`, `kernelTime`. Process ids are used
 * again: entries of different days, of different signals or of different programs are not put together.
 */
export const childDeath: Finder = function* (sources) {
  const told = new Witnesses();
  for (const source of sources) yield* collectExits(source, told);
  const processOf = new Map<number, number>();
  for (const source of sources) yield* collectBacktraces(source, told, processOf);
  for (const source of sources) yield* collectFaults(source, told, processOf);
  const findings: Finding[] = [];
  const pace = new Pace();
  for (const [pid, witnesses] of told.byPid) {
    for (const death of deathsOf(witnesses)) findings.push(describe(pid, death, sources));
    if (pace.isDone(1 + 4 * witnesses.length)) yield;
  }
  return findings;
};

class Witnesses {
  readonly byPid = new Map<number, Witness[]>();

  add(pid: unknown, witness: Witness): void {
    if (typeof pid !== "number" || pid <= 0) return;
    const known = this.byPid.get(pid);
    if (known) known.push(witness);
    else this.byPid.set(pid, [witness]);
  }
}

function* collectExits(source: NamedReading, told: Witnesses): Steps<void> {
  const pace = new Pace();
  for (const record of source.reading.records) {
    if (pace.isDone()) yield;
    const { kind, format } = record;
    if (format === "apache" && EXITS.has(kind)) {
      told.add(record.fields.child, toWitness("apache", source, record, signalOf(record), null));
    }
  }
}

/** The kernel names the thread that faulted; `processOf` leads from it to its process. */
function* collectBacktraces(
  source: NamedReading,
  told: Witnesses,
  processOf: Map<number, number>,
): Steps<void> {
  const pace = new Pace();
  for (const process of source.reading.processes) {
    if (pace.isDone()) yield;
    if (process.threads.length === 0) continue;
    const crashed = process.threads.find((thread) => thread.crashed)?.lwp ?? null;
    const pid = pidOf(process, crashed, told);
    told.add(pid, backtraceOf(source, process));
    if (crashed !== null && pid !== null) processOf.set(crashed, pid);
  }
}

/** gdb does not print a core's process id, but those of its threads, of which the first has the process's own. */
function pidOf({ pid, threads }: Process, crashed: number | null, told: Witnesses): number | null {
  if (pid !== null) return pid;
  const known = threads.find(({ lwp }) => lwp !== null && told.byPid.has(lwp));
  return known?.lwp ?? crashed ?? (threads.length === 1 ? (threads[0]?.lwp ?? null) : null);
}

function* collectFaults(
  source: NamedReading,
  told: Witnesses,
  processOf: ReadonlyMap<number, number>,
): Steps<void> {
  const pace = new Pace();
  for (const record of source.reading.records) {
    if (pace.isDone()) yield;
    const { kind, format, pid } = record;
    if (format === "kernel" && USER_FAULTS.has(kind) && pid !== null) {
      const { fields } = record;
      const signal = textOf(fields.signal) ?? (kind === "segfault" ? "SIGSEGV" : null);
      const witness = toWitness("kernel", source, record, signal, textOf(fields.process));
      told.add(told.byPid.has(pid) ? pid : (processOf.get(pid) ?? pid), witness);
    } else if (kind === "oom-kill") {
      // The killer runs in the process that asked for memory, which need not be the one that is killed.
      const victim = textOf(record.fields.victim);
      told.add(record.fields.victimPid, toWitness("kernel", source, record, "SIGKILL", victim));
    }
  }
}

const EXITS: ReadonlySet<string> = new Set(["child-exit-signal", "backend-child-signal"]);
const USER_FAULTS: ReadonlySet<string> = new Set(["segfault", "trap", "general-protection"]);

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const toWitness = (
  told: Witness["told"],
  source: NamedReading,
  { span, time }: LogRecord,
  signal: string | null,
  program: string | null,
): Witness => ({ told, source, span, time, signal, program, threadName: null });

const backtraceOf = (source: NamedReading, process: Process): Witness => ({
  told: "backtrace",
  source,
  span: process.head ?? process.threads[0]?.span ?? process.span,
  time: null,
  signal: process.signal,
  program: process.program,
  threadName: process.threads.find(({ crashed }) => crashed)?.name ?? null,
});

/** Apache's word with the kernel's nearest in time, and the backtrace with the only end that it can be of. */
function deathsOf(witnesses: readonly Witness[]): Death[] {
  if (witnesses.length < 2) return [];
  const of = (told: Witness["told"]): Witness[] =>
    distinct(witnesses.filter((witness) => witness.told === told)).slice(0, MOST_OF_A_SORT);
  const deaths = pairs(of("apache"), of("kernel"));
  for (const backtrace of of("backtrace")) {
    const fitting = deaths.filter((death) => death.every((witness) => fits(witness, backtrace)));
    const told = fitting.filter((death) => death.length > 1);
    const [death] = told.length > 0 ? told : fitting;
    const isOnly = (told.length > 0 ? told : fitting).length === 1;
    if (death && isOnly && !death.some(({ told }) => told === "backtrace")) {
      deaths[deaths.indexOf(death)] = [...death, backtrace];
    }
  }
  return deaths.filter((death) => death.length > 1);
}

/** A log that is open twice, or copied into another, tells everything twice. */
function distinct(witnesses: readonly Witness[]): Witness[] {
  const known = new Set<string>();
  return witnesses.filter(({ time, signal }) => {
    const key = `${time} ${signal}`;
    const isNew = time === null || !known.has(key);
    known.add(key);
    return isNew;
  });
}

/** A process id is not used again more often than this; a text that says so is a made one. */
const MOST_OF_A_SORT = 50;

function pairs(apache: readonly Witness[], kernel: readonly Witness[]): Death[] {
  const left = new Set(kernel);
  const deaths = apache.map((exit): Death => {
    const nearest = nearestOf(exit, [...left]);
    if (nearest === null) return [exit];
    left.delete(nearest);
    return [exit, nearest];
  });
  return [...deaths, ...[...left].map((fault): Death => [fault])];
}

/** The nearest one; null where none fits, or where without times several do. */
function nearestOf(exit: Witness, faults: readonly Witness[]): Witness | null {
  const fitting = faults.filter((fault) => fits(exit, fault));
  const distances = fitting.map((fault) => distance(exit, fault));
  if (fitting.length > 1 && distances.includes(null)) return null;
  let best = 0;
  for (let i = 1; i < fitting.length; i++) {
    if ((distances[i] as number) < (distances[best] as number)) best = i;
  }
  return fitting[best] ?? null;
}

function distance(one: Witness, other: Witness): number | null {
  const [at, then] = [secondsOf(one.time), secondsOf(other.time)];
  return at === null || then === null ? null : Math.abs(at - then);
}

/** Can both tell of one end? What one of them does not say does not keep them apart. */
function fits(one: Witness, other: Witness): boolean {
  if ((distance(one, other) ?? 0) > DAY) return false;
  if (one.signal !== null && other.signal !== null && one.signal !== other.signal) return false;
  const [named, threadName] =
    one.threadName === null ? [one, other.threadName] : [other, one.threadName];
  return (
    isSameProgram(one.program, other.program) ||
    (threadName !== null && isSameProgram(named.program, threadName))
  );
}

/** The kernel keeps 15 characters of a name, and no folder. */
function isSameProgram(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return true;
  const short = (command: string): string => {
    const path = command.split(" ", 1)[0] as string;
    return path.slice(path.lastIndexOf("/") + 1).slice(0, 15);
  };
  return short(one) === short(other);
}

const SAYS: Readonly<Record<Witness["told"], string>> = {
  apache: "Apache saw its child end",
  kernel: "the kernel's word on the same process",
  backtrace: "the stack of the same process",
};

function describe(pid: number, death: Death, sources: readonly NamedReading[]): Finding {
  const first = <T>(get: (witness: Witness) => T | null): T | null =>
    death.map(get).find((value) => value !== null) ?? null;
  const timeOf = (told: Witness["told"]): string | null =>
    death.find((witness) => witness.told === told)?.time ?? null;
  const program = first((witness) => witness.program);
  const signal = first((witness) => witness.signal);
  const by = death.map(({ told }) => NAMES[told]);
  const last = by.pop();
  const name = program === null ? "" : ` (${shorten(printable(program), 60)})`;
  const how = signal === null ? "" : ` of ${shorten(printable(signal), 30)}`;
  return {
    kind: "child-death",
    summary: `Process ${pid}${name} died${how}: ${by.join(", ")} and ${last} tell of it`,
    values: {
      pid,
      signal,
      program,
      sources: death.map(({ told }) => told),
      apacheTime: timeOf("apache"),
      kernelTime: timeOf("kernel"),
    },
    evidence: inOrder(
      death.map(({ source, span, told }) => ({ source, span, says: SAYS[told] })),
      sources,
    ),
  };
}

const NAMES: Readonly<Record<Witness["told"], string>> = {
  apache: "Apache's log",
  kernel: "the kernel's log",
  backtrace: "a backtrace",
};
