import { capitals } from "../../commands/fill";
import type { Evidence } from "../../find/finding";
import { LIMITS } from "../../notes/confidence";
import type { Hypothesis, Step } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { NoteBody } from "../../notes/note";
import type { Span } from "../../read/span";
import { escapeLightly, fencedBlock } from "../escapeMarkdown";
import { code } from "../hover/markdown";
import { samePlace } from "./claim";
import { Paper } from "./paper";
import { percent, placeName, quoted, SEVERITY_WORDS, titleOf } from "./words";

/** What a stretch of a case leads to. */
export type CaseTarget =
  | { readonly kind: "evidence"; readonly evidence: Evidence }
  | { readonly kind: "case"; readonly note: string }
  | { readonly kind: "command"; readonly run: string };

/** A hypothesis as a document to read: Markdown, with the places that it leads to. */
export interface CaseText {
  readonly text: string;
  readonly links: readonly { readonly span: Span; readonly target: CaseTarget }[];
  /** Null where the texts say nothing of it any more. */
  readonly hypothesis: Hypothesis | null;
}

/** The case of the hypothesis that a note gives. */
export function caseText(judgement: Judgement, note: string): CaseText {
  const hypothesis = judgement.hypotheses.find((each) => each.note.id === note) ?? null;
  const paper = new Paper<CaseTarget>();
  if (hypothesis === null) paper.add(GONE).add(`\n\nNote: ${code(note)}\n`);
  else writeCase(paper, hypothesis, judgement.hypotheses);
  return { text: paper.text, links: paper.links, hypothesis };
}

const GONE = `# No hypothesis any more

Nothing in the open texts speaks for it. Open the log or the backtrace again, or undo the last change.`;

type CasePaper = Paper<CaseTarget>;

function writeCase(paper: CasePaper, hypothesis: Hypothesis, all: readonly Hypothesis[]): void {
  const { note, evidence, against } = hypothesis;
  paper.add(`# ${escapeLightly(titleOf(hypothesis))}\n\n`);
  paper.add(
    `${percent(hypothesis.confidence)} sure · ${SEVERITY_WORDS[note.severity]} · note ${code(note.id)}\n`,
  );
  writePlaces(paper, "What speaks for it", evidence);
  writePlaces(paper, "What speaks against it", against);
  writeSteps(paper, hypothesis);
  writeCommands(paper, hypothesis);
  for (const [heading, part] of BODY) writeBody(paper, heading, note.body[part]);
  writeReferences(paper, hypothesis);
  writeOthers(paper, hypothesis, all);
}

const BODY: readonly (readonly [heading: string, part: keyof NoteBody])[] = [
  ["How to confirm", "confirm"],
  ["Why it happens", "why"],
  ["Fix or workaround", "fix"],
];

const heading = (paper: CasePaper, words: string) => paper.add(`\n## ${words}\n\n`);

/** One item a place: where, what it says, and its line below that. */
function writePlaces(paper: CasePaper, words: string, places: readonly Evidence[]): void {
  heading(paper, words);
  if (places.length === 0) paper.add("Nothing in the open texts.\n");
  for (const evidence of places) {
    const target: CaseTarget = { kind: "evidence", evidence };
    paper.add("- ").link(escapeLightly(placeName(evidence)), target);
    paper.add(` ${escapeLightly(evidence.says)}  \n  `).link(code(quoted(evidence)), target);
    paper.add("\n");
  }
}

/** The calculation, each step with where the confidence stood after it. */
function writeSteps(paper: CasePaper, { note, steps, confidence }: Hypothesis): void {
  heading(paper, `How sure, and why: ${percent(confidence)}`);
  const limit = percent(LIMITS[note.confidence]);
  paper.add(
    `What speaks for it takes a share of the doubt away, what speaks against it a share of the belief.
However well the text fits, this note allows ${limit} at most.\n\n`,
  );
  for (const step of steps) paper.add(`- ${stepText(step)}\n`);
}

const stepText = (step: Step): string =>
  `${step.for ? "for" : "against"}, ${percent(step.weight)} of the ${step.for ? "doubt" : "belief"}: ${escapeLightly(step.says)} → ${percent(step.confidence)}`;

/** Commands of a note that nobody vouches for are there to be read, but lead to nothing that copies them. */
function writeCommands(paper: CasePaper, { commands, note }: Hypothesis): void {
  if (commands.length === 0) return;
  heading(paper, "Commands to run next");
  if (!note.isTrusted) paper.add(`${UNTRUSTED}\n\n`);
  commands.forEach(({ run, where, why, expect, missing }, i) => {
    paper.add(
      `${i === 0 ? "" : "\n"}${i + 1}. ${where === "gdb" ? "In gdb" : "In a shell"}: ${escapeLightly(why)}\n\n`,
    );
    const block = fencedBlock(run, where === "gdb" ? "gdb" : "sh");
    if (note.isTrusted) paper.link(block, { kind: "command", run });
    else paper.add(block);
    const open = [...new Set(missing)].map((name) => code(capitals(name))).join(", ");
    if (open !== "") paper.add(`\n\nTo be put in, because the text does not say it: ${open}`);
    paper.add(expect === null ? "\n" : `\n\n${escapeLightly(expect)}\n`);
  });
}

const UNTRUSTED =
  "They are from a note of a workspace that you have not trusted: read them before you type one.";

function writeBody(paper: CasePaper, words: string, markdown: string): void {
  if (markdown.trim() === "") return;
  heading(paper, words);
  paper.add(`${withoutCommands(markdown.trim())}\n`);
}

/** A note can come with somebody else's folder: no link in it runs a command of the editor. */
const withoutCommands = (markdown: string): string => markdown.replace(/\bcommand:/gi, "command ");

function writeReferences(paper: CasePaper, { references }: Hypothesis): void {
  if (references.length === 0) return;
  heading(paper, "References");
  for (const { title, url } of references) paper.add(`- ${escapeLightly(title)}\n  <${url}>\n`);
}

const MOST_OTHERS = 10;

/** Hypotheses that explain some of the same places: at most one of them may be the cause. */
function writeOthers(paper: CasePaper, hypothesis: Hypothesis, all: readonly Hypothesis[]): void {
  const others = all.filter((other) => other !== hypothesis && isRival(hypothesis, other));
  if (others.length === 0) return;
  heading(paper, "Other explanations of the same places");
  for (const other of others.slice(0, MOST_OTHERS)) {
    paper.add(`- ${percent(other.confidence)} `);
    paper.link(escapeLightly(titleOf(other)), { kind: "case", note: other.note.id });
    paper.add("\n");
  }
}

const isRival = (one: Hypothesis, other: Hypothesis): boolean =>
  one.evidence.some((place) => other.evidence.some((theirs) => samePlace(place, theirs)));
