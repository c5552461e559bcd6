import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020";
import type { Reading } from "../../server/src/read/model";
import { markup } from "../server/features/hover/literal";
import type { Said } from "./answers";
import { isInside, readingProblems, show } from "./nesting";
import type { Outcome } from "./pipeline";

const followsSchema = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync("docs/report.schema.json", "utf8")),
);

/** So many are enough to see what is wrong. */
const MOST_PROBLEMS = 10;

/** What is wrong with the answers about some texts; empty for answers that keep every promise. */
export function problemsOf(outcome: Outcome, said: readonly Said[]): string[] {
  const problems = new Set<string>();
  for (const problem of all(outcome, said)) {
    problems.add(problem);
    if (problems.size === MOST_PROBLEMS) break;
  }
  return [...problems];
}

function* all(outcome: Outcome, said: readonly Said[]): Generator<string> {
  const { sources, judgement, report } = outcome;
  for (const { reading } of sources) yield* readingProblems(reading);
  if (!followsSchema(report)) {
    const [first] = followsSchema.errors ?? [];
    yield `the report breaks its schema: ${first?.instancePath} ${first?.message}`;
  }
  yield* evidenceProblems(judgement);
  yield* printedProblems(outcome);
  yield* commandProblems(outcome);
  for (const text of outcome.cases) yield* markdownProblems("case", text);
  for (const answers of said) yield* answerProblems(answers, sources[0]?.reading);
}

function* evidenceProblems({ findings, hypotheses }: Outcome["judgement"]): Generator<string> {
  for (const { kind, evidence } of findings) yield* placesProblems(`finding ${kind}`, evidence);
  for (const { note, evidence, against, confidence } of hypotheses) {
    if (evidence.length === 0) yield `${note.id} has no evidence`;
    if (!(confidence >= 0 && confidence <= 1)) yield `${note.id} is ${confidence} sure`;
    yield* placesProblems(note.id, [...evidence, ...against]);
  }
}

function* placesProblems(
  name: string,
  places: Outcome["judgement"]["findings"][number]["evidence"],
): Generator<string> {
  for (const { source, span } of places) {
    const whole = { from: 0, to: source.reading.clean.text.length };
    if (!isInside(span, whole)) yield `${name}: evidence ${show(span)} lies outside its text`;
  }
}

const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function* printedProblems({ printed, scripts }: Outcome): Generator<string> {
  for (const text of [...printed, scripts.gdb, scripts.shell]) {
    const at = text.search(CONTROLS);
    if (at >= 0) yield `a control character is printed: ${JSON.stringify(around(text, at))}`;
  }
}

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 40), at + 20);

/** A command is one line, with its quotes closed. */
function* commandProblems({ suggestions, judgement }: Outcome): Generator<string> {
  const commands = [...suggestions, ...judgement.hypotheses.flatMap((each) => each.commands)];
  for (const { run, where } of commands) {
    if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(run)) yield `a command breaks its line: ${run}`;
    if (where === "shell" && !hasClosedQuotes(run)) yield `a shell would wait for more: ${run}`;
  }
}

/** As a POSIX shell reads it: a backslash takes the next character, but not inside of apostrophes. */
function hasClosedQuotes(command: string): boolean {
  let open = "";
  for (let at = 0; at < command.length; at++) {
    const character = command[at] as string;
    if (character === "\\" && open !== "'") at++;
    else if (character === open) open = "";
    else if (open === "" && (character === "'" || character === '"')) open = character;
  }
  return open === "";
}

function* answerProblems(said: Said, reading: Reading | undefined): Generator<string> {
  if (reading === undefined) return;
  const whole = { from: 0, to: reading.clean.text.length };
  for (const [feature, span] of said.spans) {
    if (!isInside(span, whole)) yield `${feature}: ${show(span)} lies outside the text`;
  }
  const ends = new Map<string, number>();
  for (const [feature, span] of said.documentSpans) {
    if (!isInside(span, { from: ends.get(feature) ?? 0, to: reading.text.length })) {
      yield `${feature}: ${show(span)} lies outside the document or before another`;
    }
    ends.set(feature, span.to);
  }
  for (const [feature, outer, inner] of said.nested) {
    if (!isInside(inner, outer)) yield `${feature}: ${show(inner)} lies outside ${show(outer)}`;
  }
  for (const [feature, text] of said.markdown) yield* markdownProblems(feature, text);
  for (const [feature, text] of said.labels) {
    if (CONTROLS.test(text) || text.includes("\n")) {
      yield `${feature} shows a control character: ${JSON.stringify(text.slice(0, 80))}`;
    }
  }
}

/** Outside of code, nothing links to a command, loads something, or is HTML. */
export function* markdownProblems(feature: string, text: string): Generator<string> {
  const at = text.search(CONTROLS);
  if (at >= 0) yield `${feature}: a control character: ${JSON.stringify(around(text, at))}`;
  const prose = markup(text);
  const wrong = /\]\(command:|<(?!https?:\/\/)[a-z/!?][^\s>]*[\s>]|!\[|\]\((?!https:\/\/)/i.exec(
    prose,
  );
  if (wrong) yield `${feature}: live Markdown: ${JSON.stringify(around(prose, wrong.index))}`;
}
