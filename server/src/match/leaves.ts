import type { Evidence, Finding, NamedReading, Value, Values } from "../find/finding";
import { Pace } from "../find/pace";
import { compileGlob } from "../frames/glob";
import type { Process } from "../read/model";
import { oncePer } from "../read/oncePer";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { shorten } from "../words/printable";
import type { FindingCondition, Leaf, ProcessCondition, TypedCondition } from "./condition";
import { matchEntries } from "./entries";
import { matchFrames } from "./frames";
import { type Hit, leafHit, MOST_HITS } from "./hit";
import { matchLines } from "./lines";
import { matchesText } from "./names";
import { executable, isProgram, programName } from "./program";
import { sayings } from "./sayings";
import type { Scene } from "./scene";
import { passes } from "./valueTest";

/** The ways in which a single condition holds. */
export function* matchLeaf(leaf: Leaf, scene: Scene): Steps<Hit[]> {
  if ("frames" in leaf) return yield* matchFrames(leaf, scene);
  if ("log" in leaf) return yield* matchEntries(leaf, scene);
  if ("line" in leaf) return yield* matchLines(leaf, scene);
  if ("finding" in leaf) return yield* matchFindings(leaf, scene);
  if ("process" in leaf) return yield* matchProcesses(leaf, scene);
  return yield* matchTyped(leaf, scene);
}

function* matchFindings(condition: FindingCondition, { findings }: Scene): Steps<Hit[]> {
  const tests = Object.entries(condition.where ?? {});
  const hits: Hit[] = [];
  const pace = new Pace();
  for (const finding of ofKinds(findings, condition.finding)) {
    if (pace.isDone(2)) yield;
    if (hits.length >= MOST_HITS) break;
    const { values } = finding;
    if (tests.every(([name, test]) => passes(test, values[name])))
      hits.push(findingHit(condition, finding));
  }
  return hits;
}

/** There are many conditions about findings, and few kinds. */
const byKind = oncePer((findings: Scene["findings"]): ReadonlyMap<string, readonly Finding[]> => {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const alike = kinds.get(finding.kind);
    if (alike) alike.push(finding);
    else kinds.set(finding.kind, [finding]);
  }
  return kinds;
});

/** The findings of the kinds that the pattern fits, in their order. */
function ofKinds(findings: Scene["findings"], pattern: string): readonly Finding[] {
  const kinds = [...byKind(findings).keys()].filter((kind) => matchesText(pattern, kind));
  const [only] = kinds;
  if (only === undefined) return [];
  if (kinds.length === 1) return byKind(findings).get(only) ?? [];
  return findings.filter(({ kind }) => kinds.includes(kind));
}

function findingHit(condition: FindingCondition, { evidence, summary, values }: Finding): Hit {
  const pid = typeof values.pid === "number" ? values.pid : null;
  const says = sayings(condition, values) ?? summary;
  const told = evidence.map((each, i) => (i === 0 ? { ...each, says } : each));
  return leafHit(condition, told, values, { source: evidence[0]?.source ?? null, pid });
}

function* matchProcesses(condition: ProcessCondition, scene: Scene): Steps<Hit[]> {
  const { program, signal, threads } = condition.process;
  const hits: Hit[] = [];
  const pace = new Pace();
  for (const source of scene.sources) {
    for (const process of source.reading.processes) {
      if (pace.isDone()) yield;
      if (hits.length >= MOST_HITS) return hits;
      if (program !== undefined && !isProgram(program, process.program)) continue;
      if (signal !== undefined && !matchesText(signal, process.signal)) continue;
      if (threads !== undefined && !passes(threads, process.threads.length)) continue;
      hits.push(processHit(condition, source, process));
    }
  }
  return hits;
}

function processHit(condition: ProcessCondition, source: NamedReading, process: Process): Hit {
  const { pid, signal } = process;
  const values: Values = { pid, program: executable(process.program), signal };
  const says = sayings(condition, values) ?? saysProcess(condition, process);
  const evidence: Evidence = { source, span: process.head ?? firstLine(source, process), says };
  return leafHit(condition, [evidence], values, { source, process, pid });
}

/** What the condition asked for, as it is in the process. */
function saysProcess({ process: { signal, threads } }: ProcessCondition, process: Process): string {
  const name = shorten(programName(process.program) ?? "the process", 60);
  if (signal !== undefined) return `${name} got ${process.signal}`;
  if (threads !== undefined)
    return `${plural(process.threads.length, "thread")} of ${name} printed`;
  return `${name} is this process`;
}

function firstLine({ reading }: NamedReading, { span }: Process) {
  const end = reading.clean.text.indexOf("\n", span.from);
  return { from: span.from, to: end < 0 ? span.to : Math.min(end, span.to) };
}

function* matchTyped(condition: TypedCondition, scene: Scene): Steps<Hit[]> {
  const glob = compileGlob(condition.typed);
  const hits: Hit[] = [];
  const pace = new Pace();
  for (const source of scene.sources) {
    for (const { command } of source.reading.prompts) {
      if (pace.isDone()) yield;
      const text = source.reading.clean.text.slice(command.from, command.to).trim();
      if (text === "" || !glob(text) || hits.length >= MOST_HITS) continue;
      const values: Record<string, Value> = { typed: text };
      const says = sayings(condition, values) ?? "was asked";
      hits.push(leafHit(condition, [{ source, span: command, says }], values, { source }));
    }
  }
  return hits;
}
