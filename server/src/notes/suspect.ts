import type { Command } from "../commands/command";
import { fill } from "../commands/fill";
import { failLoudly, type OnFailure } from "../find/find";
import { type Evidence, MOST_EVIDENCE, type Values } from "../find/finding";
import { Pace } from "../find/pace";
import type { Condition, Leaf } from "../match/condition";
import type { Hit } from "../match/hit";
import { matchSteps } from "../match/match";
import { prepareMatching } from "../match/prepare";
import { fillWords } from "../match/sayings";
import type { Scene } from "../match/scene";
import { atOnce, type Steps } from "../read/steps";
import { confidence, type Reason, weightOf } from "./confidence";
import type { Hypothesis } from "./hypothesis";
import type { Note, NoteCommand, Severity } from "./note";
import { type VersionMatch, versionMatches } from "./versions";

/** What could be the cause of what the texts show: the notes that match, most likely first. */
export function suspect(
  scene: Scene,
  notes: readonly Note[],
  failed: OnFailure = failLoudly,
): Hypothesis[] {
  return atOnce(suspectSteps(scene, notes, failed));
}

/** The same in steps, none of which takes long. */
export function* suspectSteps(
  scene: Scene,
  notes: readonly Note[],
  failed: OnFailure = failLoudly,
): Steps<Hypothesis[]> {
  yield* prepareMatching(scene);
  const found: Hypothesis[] = [];
  for (const note of notes) {
    try {
      const one = yield* hypothesis(note, scene);
      if (one !== null) found.push(one);
    } catch (error) {
      failed(`note ${note.id}`, error);
    }
    yield;
  }
  return found.sort(byLikelihood);
}

/** The note as a hypothesis about the texts; null where nothing in them speaks for it. */
function* hypothesis(note: Note, scene: Scene): Steps<Hypothesis | null> {
  const hits = yield* matchSteps(note.match, scene);
  const grounds = groundsOf(hits);
  if (grounds.size === 0) return null;
  yield;
  const support = yield* matchEach(note.supports, scene, hits);
  const supporting = groundsOf(support);
  yield;
  const opposing = groundsOf(yield* matchEach(note.against, scene, hits));
  yield;
  const versions = versionMatches(note.applies, scene.findings);
  const reasons = [
    ...reasonsOf(grounds),
    ...reasonsOf(supporting),
    ...versionReasons(versions, true),
  ];
  const counter = [...reasonsOf(opposing), ...versionReasons(versions, false)];
  const values = yield* valuesOf(hits, support, scene);
  const judged = confidence(note.confidence, reasons, counter);
  return {
    note,
    title: fillWords(note.title, values),
    ...judged,
    evidence: places(
      [...evidenceOf(grounds), ...evidenceOf(supporting), ...versionEvidence(versions, true)],
      scene,
    ),
    against: places([...evidenceOf(opposing), ...versionEvidence(versions, false)], scene),
    commands: note.commands.map((command) => filled(command, values)),
    references: note.references,
    values,
  };
}

/** What further conditions find. What tells of a process counts only for one that the note is about. */
function* matchEach(
  conditions: readonly Condition[],
  scene: Scene,
  hits: readonly Hit[],
): Steps<Hit[]> {
  const subjects = new Set<number | null>();
  const all: Hit[] = [];
  const pace = new Pace();
  for (const { about } of conditions.length > 0 ? hits : []) {
    subjects.add(about.subject);
    if (pace.isDone(4)) yield;
  }
  for (const condition of conditions) {
    for (const hit of yield* matchSteps(condition, scene)) {
      const { subject } = hit.about;
      if (subject === null || subjects.has(null) || subjects.has(subject)) all.push(hit);
      if (pace.isDone(4)) yield;
    }
  }
  return all;
}

/** Each leaf that holds, with the first places where it does, and how many there are. */
type Grounds = Map<Leaf, Ground>;

interface Ground {
  readonly evidence: Evidence[];
  count: number;
}

function groundsOf(hits: readonly Hit[]): Grounds {
  const grounds: Grounds = new Map();
  for (const { parts } of hits) {
    for (const part of parts) {
      const known = grounds.get(part.leaf) ?? { evidence: [], count: 0 };
      grounds.set(part.leaf, known);
      if (known.evidence.length < MOST_EVIDENCE) known.evidence.push(...part.evidence);
      known.count += part.count;
    }
  }
  return grounds;
}

const reasonsOf = (grounds: Grounds): Reason[] =>
  [...grounds].map(([leaf, ground]) => ({
    weight: weightOf(leaf),
    says: summary(leaf, ground),
  }));

const evidenceOf = (grounds: Grounds): Evidence[][] =>
  [...grounds.values()].map(({ evidence }) => evidence);

/** The condition's words for the first place, and how many there are. */
function summary(leaf: Leaf, { evidence, count }: Ground): string {
  const stackSize = "frames" in leaf ? leaf.frames.length : 1;
  const last = evidence[Math.min(stackSize, count) - 1] as Evidence;
  const says =
    stackSize > 1 && leaf.says === undefined ? frameNames(evidence, stackSize) : last.says;
  const places = Math.round(count / stackSize);
  return places > 1 && !countsItself(leaf) ? `${says} (${places} times)` : says;
}

/** A finding, and entries that were asked for in numbers, say themselves how many there are. */
const countsItself = (leaf: Leaf): boolean =>
  "finding" in leaf || ("log" in leaf && leaf.log.count !== undefined);

/** The frames of the first stack that matched, innermost first. */
const frameNames = (evidence: readonly Evidence[], count: number): string =>
  evidence
    .slice(0, count)
    .map(({ says }) => says)
    .join(", ");

/** How much a proven version says: that it fits is little, that it does not is much. */
const VERSION_FITS = 0.3;
const VERSION_DOES_NOT_FIT = 0.75;

const versionReasons = (versions: readonly VersionMatch[], fits: boolean): Reason[] =>
  versions
    .filter((each) => each.fits === fits)
    .map((each) => ({
      says: saysVersion(each),
      weight: fits ? VERSION_FITS : VERSION_DOES_NOT_FIT,
    }));

const saysVersion = ({ applies, proven, fits }: VersionMatch): string =>
  `${applies.software} ${proven.slice(0, 3).join(", ")}: ${fits ? "among" : "not among"} the versions ${applies.versions}`;

const versionEvidence = (versions: readonly VersionMatch[], fits: boolean): Evidence[][] =>
  versions
    .filter((each) => each.fits === fits)
    .map((each) =>
      each.finding.evidence.slice(0, 3).map((place) => ({ ...place, says: saysVersion(each) })),
    );

/** Places in the order of the texts, each once, so many of each kind that all kinds are among them. */
function places(groups: readonly (readonly Evidence[])[], scene: Scene): Evidence[] {
  const most = Math.max(1, Math.floor(MOST_EVIDENCE / Math.max(1, groups.length)));
  const seen = new Set<string>();
  return groups
    .flatMap((group) => group.slice(0, most))
    .map((evidence) => ({ evidence, text: scene.sources.indexOf(evidence.source) }))
    .sort(
      (one, other) => one.text - other.text || one.evidence.span.from - other.evidence.span.from,
    )
    .filter(({ evidence: { span }, text }) => {
      const key = `${text} ${span.from} ${span.to}`;
      return !seen.has(key) && seen.add(key);
    })
    .map(({ evidence }) => evidence);
}

/** What the hit with the most parts bound, then the others, what supports them, and findings about the same process. */
function* valuesOf(hits: readonly Hit[], support: readonly Hit[], scene: Scene): Steps<Values> {
  const values: Record<string, Values[string]> = {};
  const ordered = [...hits].sort((one, other) => other.parts.length - one.parts.length);
  const pids = new Set<Values[string] | undefined>();
  const pace = new Pace();
  for (const { about } of hits) {
    pids.add(about.pid);
    if (pace.isDone(4)) yield;
  }
  pids.delete(null);
  const findings = scene.findings.filter(({ values: { pid } }) => pids.has(pid));
  for (const told of [ordered, support, findings]) {
    for (const each of told.slice(0, MOST_TOLD)) {
      for (const [name, value] of Object.entries(each.values)) values[name] ??= value;
    }
  }
  return values;
}

/** More hits than these bind nothing new. */
const MOST_TOLD = 20;

function filled({ run, where, why, expect }: NoteCommand, values: Values): Command {
  const { text, missing } = fill(run, where, values);
  return { run: text, where, why, expect: expect && fillWords(expect, values), missing };
}

const SEVERITIES: readonly Severity[] = ["crash", "hang", "error", "warning", "information"];

function byLikelihood(one: Hypothesis, other: Hypothesis): number {
  return (
    other.confidence - one.confidence ||
    SEVERITIES.indexOf(one.note.severity) - SEVERITIES.indexOf(other.note.severity) ||
    other.evidence.length - one.evidence.length ||
    (one.note.id < other.note.id ? -1 : 1)
  );
}
