import files from "knowledge:commands";
import type { Command, Where } from "../commands/command";
import { fill } from "../commands/fill";
import type { Evidence, NamedReading, Value } from "../find/finding";
import { quietSteps } from "../find/prepare";
import type { Condition } from "../match/condition";
import type { Hit } from "../match/hit";
import { matchSteps } from "../match/match";
import { fillWords } from "../match/sayings";
import type { Scene } from "../match/scene";
import { announceConditions } from "../match/words";
import type { Hypothesis } from "../notes/hypothesis";
import type { LogRecord, Process, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import { contains } from "../read/span";
import { atOnce, type Steps } from "../read/steps";
import { isDoubtful, isPossible } from "./session";
import type { Need, Situation, SituationCommand } from "./situation";
import { isTypedIn, plainCommand } from "./typed";

/** A command to type next, with what it rests on. */
export interface Suggestion extends Command {
  /** What was recognised: a situation's title, or a hypothesis's. */
  readonly because: string;
  /** Id of the situation or of the note. */
  readonly from: string;
  readonly needs: readonly Need[];
  /** The first gdb that knows it, or null. */
  readonly since: string | null;
  /** It does more than look, so that nobody should run it unread. */
  readonly acts: boolean;
  /** The process that it is about, or null. */
  readonly pid: number | null;
  readonly evidence: readonly Evidence[];
}

/** What suggestions are asked for: everything, or one thread, process or entry of a text. */
export interface Focus {
  readonly source: NamedReading;
  readonly process?: Process | null;
  readonly thread?: Thread | null;
  readonly record?: LogRecord | null;
}

/** Every situation, in the order in which their commands are offered. */
export const situations: readonly Situation[] = [...files]
  .sort((one, other) => one.order - other.order)
  .flatMap((file) => file.situations);

announceConditions(() =>
  situations.flatMap(({ match: each, commands }) => [
    each,
    ...commands.flatMap(({ unless }) => unless ?? []),
  ]),
);

/** A situation that many processes are in is asked about for so many of them, where nobody wants more. */
const MOST_PLACES = 3;

/** A script asks about more of them than a person would. */
export const MOST_PLACES_IN_SCRIPT = 100;

/** Below this a hypothesis is not worth a command of its own. */
const LEAST_CONFIDENCE = 0.5;

/**
 * What to type next: first what decides the likeliest hypotheses, then what fits the situations. Nothing that was typed
 * in the session already, nothing twice.
 */
export function suggest(
  scene: Scene,
  hypotheses: readonly Hypothesis[],
  focus: Focus | null = null,
  mostPlaces = MOST_PLACES,
): Suggestion[] {
  const all = [
    ...hypotheses.filter((each) => isAbout(each.evidence, focus)).flatMap(fromHypothesis),
    ...situations.flatMap((situation) => fromSituation(situation, scene, focus, mostPlaces)),
  ];
  const seen = new Set<string>();
  const isApart = mostPlaces > MOST_PLACES;
  return all.filter(({ run, where, pid }) => {
    // A script asks each process; a person can tell what is worth it.
    const key = `${where} ${isApart && where === "gdb" ? pid : ""} ${plainCommand(run)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function fromHypothesis({ note, title, confidence, commands, evidence }: Hypothesis): Suggestion[] {
  if (confidence < LEAST_CONFIDENCE || !note.isTrusted) return [];
  const sources = new Set(evidence.map(({ source }) => source));
  return commands
    .filter((command) => !isTyped(command, sources, null))
    .map((command) => ({
      ...command,
      because: title,
      from: note.id,
      needs: [],
      since: null,
      acts: false,
      pid: null,
      evidence: evidence.slice(0, MOST_PLACES),
    }));
}

const hitsOf: (scene: Scene) => Map<Condition, Hit[]> = oncePer(() => new Map());

/** Where a condition holds; an editor asks the same of one scene again and again. */
const found = (condition: Condition, scene: Scene): Hit[] => atOnce(foundSteps(condition, scene));

function* foundSteps(condition: Condition, scene: Scene): Steps<Hit[]> {
  const known = hitsOf(scene).get(condition);
  if (known) return known;
  const hits = yield* matchSteps(condition, scene);
  hitsOf(scene).set(condition, hits);
  return hits;
}

/** Looks for every situation: `suggest` then has only to choose. */
export function* situationSteps(scene: Scene): Steps<void> {
  for (const situation of situations) yield* quietSteps(oneSituation(situation, scene));
}

function* oneSituation({ match: condition, commands }: Situation, scene: Scene): Steps<void> {
  const hits = yield* foundSteps(condition, scene);
  for (const { unless } of hits.length > 0 ? commands : [])
    if (unless !== undefined) yield* quietSteps(foundSteps(unless, scene));
}

function fromSituation(
  situation: Situation,
  scene: Scene,
  focus: Focus | null,
  mostPlaces: number,
): Suggestion[] {
  const hits = found(situation.match, scene).filter((hit) => isHitAbout(hit, focus));
  if (hits.length === 0) return [];
  const open = situation.commands.filter(
    ({ unless }) => unless === undefined || found(unless, scene).length === 0,
  );
  return distinctPlaces(hits, mostPlaces).flatMap((hit) => {
    const sources = sourcesOf(hit);
    const commands = open
      .map((command) => toSuggestion(situation, command, hit))
      .filter(({ missing }) => missing.every((name) => isUnknown(hit.values[name])))
      .filter((command) => isPossible(command, sources) && !isTyped(command, sources, command.pid));
    return [false, true].flatMap((doubtful) =>
      commands.filter(({ needs }) => isDoubtful(needs, sources) === doubtful),
    );
  });
}

/** What is not known a person can put in; a value of no use, such as `<optimized out>`, says that there is none. */
const isUnknown = (value: Value | undefined): boolean => value === null || value === undefined;

/** The first few hits that are about different things. */
function distinctPlaces(hits: readonly Hit[], most: number): Hit[] {
  const byValues = new Map<string, Hit>();
  for (const hit of hits) {
    const key = JSON.stringify(hit.values);
    if (!byValues.has(key)) byValues.set(key, hit);
    if (byValues.size >= most) break;
  }
  return [...byValues.values()];
}

function toSuggestion(situation: Situation, command: SituationCommand, hit: Hit): Suggestion {
  const where: Where = command.gdb === undefined ? "shell" : "gdb";
  const { text, missing } = fill(command.gdb ?? command.shell ?? "", where, hit.values);
  return {
    run: text,
    where,
    why: command.why,
    expect: command.expect ?? null,
    missing,
    because: fillWords(situation.title, hit.values),
    from: situation.id,
    needs: command.needs ?? [],
    since: command.since ?? null,
    acts: command.acts ?? false,
    pid: pidOf(hit),
    evidence: hit.parts.flatMap(({ evidence }) => evidence).slice(0, MOST_PLACES),
  };
}

const pidOf = ({ about, values }: Hit): number | null =>
  about.pid ?? (typeof values.pid === "number" ? values.pid : null);

const sourcesOf = ({ parts }: Hit): Set<NamedReading> =>
  new Set(parts.flatMap(({ evidence }) => evidence.map(({ source }) => source)));

/** Was it asked in one of these texts already? */
const isTyped = (
  { run, where }: Command,
  sources: ReadonlySet<NamedReading>,
  pid: number | null,
): boolean => where === "gdb" && [...sources].some(({ reading }) => isTypedIn(reading, run, pid));

function isHitAbout(hit: Hit, focus: Focus | null): boolean {
  if (focus === null) return true;
  const { about, parts } = hit;
  if (focus.thread && about.thread) return about.thread === focus.thread;
  if (focus.process && about.process) return about.process === focus.process;
  return isAbout(
    parts.flatMap(({ evidence }) => evidence),
    focus,
  );
}

/** Does one of the places lie in what is asked for? */
function isAbout(evidence: readonly Evidence[], focus: Focus | null): boolean {
  if (focus === null) return true;
  const { source, process, thread, record } = focus;
  const span = (thread ?? record ?? process)?.span;
  return evidence.some(
    (each) => each.source === source && (span === undefined || contains(span, each.span.from)),
  );
}
