import type { Digest, PlacedName } from "../../digest/digest";
import type { CountedEntries } from "../../digest/entries";
import { type Place, placeOfEvidence } from "../../digest/places";
import type { ListedProcess } from "../../digest/processes";
import type { Evidence, Finding } from "../../find/finding";
import type { CountedGroup } from "../../find/groups";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Span } from "../../read/span";
import { toldFindings } from "../../show/findingsText";
import { plural } from "../../words/plural";
import { shorten } from "../../words/printable";
import { escapeLightly, fencedBlock } from "../escapeMarkdown";
import { code } from "../hover/markdown";
import { Paper } from "../hypotheses/paper";
import { oneLine, percent, SEVERITY_WORDS, sourceName, titleOf } from "../hypotheses/words";

/** What a stretch of a digest leads to. */
export type DigestTarget =
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "case"; readonly note: string };

/** A digest as a document to read: Markdown, with the places that it leads to. */
export interface DigestText {
  readonly text: string;
  readonly links: readonly { readonly span: Span; readonly target: DigestTarget }[];
}

/** The file that was read. */
export interface FileFacts {
  readonly bytes: number;
  /** When it was last written, as ISO has it; null where nobody knows. */
  readonly written: string | null;
  /** Did it change while it was read? */
  readonly hasChanged: boolean;
}

type DigestPaper = Paper<DigestTarget>;

export function digestText(digest: Digest, file: FileFacts): DigestText {
  const paper: DigestPaper = new Paper();
  const name = sourceName({ path: digest.path });
  paper.add(`# Digest of ${escapeLightly(name)}\n\n`);
  writeFacts(paper, digest, file);
  writeHypotheses(paper, digest);
  writeFindings(paper, digest);
  writeGroups(paper, digest);
  writeEntries(paper, "Log entries", digest.records.sorted(), digest.records.others);
  writeEntries(paper, "Damage in the text", digest.problems, 0);
  writeProcesses(paper, digest);
  return { text: paper.text, links: paper.links };
}

const heading = (paper: DigestPaper, words: string) => paper.add(`\n## ${words}\n\n`);

const CHANGED =
  "The file changed while it was read: this tells what it held when the reading began, as far as that is still there.";

function writeFacts(paper: DigestPaper, digest: Digest, file: FileFacts): void {
  const { index, limit } = digest;
  const written = file.written === null ? "" : `, last written ${file.written}`;
  paper.add(`${megabytes(file.bytes)}, ${plural(index.lines, "line")}${written}.\n\n`);
  const facts = [processFact(digest), recordFact(digest)].filter((fact) => fact !== "");
  for (const fact of facts) paper.add(`- ${fact}\n`);
  if (facts.length === 0)
    paper.add("Nothing that can be read was found: no stack, no log entry.\n");
  for (const remark of [file.hasChanged ? CHANGED : null, limit])
    if (remark !== null) paper.add(`\n${remark}\n`);
}

const megabytes = (bytes: number): string =>
  bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;

function processFact({ processes, threads, groups, others }: Digest): string {
  if (processes.count === 0) return "";
  const stacks =
    others > 0
      ? `more than ${groups.length} distinct stacks`
      : plural(groups.length, "distinct stack");
  return `${plural(processes.count, ["process", "processes"])}, ${plural(threads, "thread")}, ${stacks}`;
}

function recordFact({ records }: Digest): string {
  if (records.count === 0) return "";
  const { first, last } = records;
  return `${plural(records.count, ["log entry", "log entries"])}${times(first, last)}`;
}

/** Log times are not of one clock where they have zones and where they have none. */
const times = (first: string | null, last: string | null): string => {
  if (first === null || last === null) return "";
  return first === last
    ? `, ${escapeLightly(first)}`
    : `, ${escapeLightly(first)} to ${escapeLightly(last)}`;
};

const MOST_HYPOTHESES = 20;
const MOST_PLACES = 12;

function writeHypotheses(paper: DigestPaper, { judgement }: Digest): void {
  const { hypotheses } = judgement;
  if (hypotheses.length === 0) return;
  heading(paper, "What could be the cause");
  for (const hypothesis of hypotheses.slice(0, MOST_HYPOTHESES)) writeHypothesis(paper, hypothesis);
  const hidden = hypotheses.length - MOST_HYPOTHESES;
  if (hidden > 0) paper.add(`- ${plural(hidden, ["less likely cause", "less likely causes"])}\n`);
}

function writeHypothesis(paper: DigestPaper, hypothesis: Hypothesis): void {
  const { note, confidence, evidence, against } = hypothesis;
  paper.add(`- ${percent(confidence)} `);
  paper.link(escapeLightly(titleOf(hypothesis)), { kind: "case", note: note.id });
  paper.add(` (${SEVERITY_WORDS[note.severity]})\n`);
  writePlaces(paper, "for", evidence);
  writePlaces(paper, "against", against);
}

/** By what they say: `for: the kernel says ...: lines 12, 15`. */
function writePlaces(paper: DigestPaper, word: string, all: readonly Evidence[]): void {
  const bySaying = new Map<string, Evidence[]>();
  for (const evidence of all) {
    const says = oneLine(evidence.says, 200);
    const known = bySaying.get(says);
    if (known) known.push(evidence);
    else bySaying.set(says, [evidence]);
  }
  for (const [says, places] of [...bySaying].slice(0, MOST_PLACES)) {
    paper.add(`  - ${word}: ${escapeLightly(says)}: `);
    linkPlaces(paper, places.map(placeOfEvidence));
    paper.add("\n");
  }
}

/** `line 12`, `lines 12, 40 and 3 more`. */
function linkPlaces(paper: DigestPaper, places: readonly Place[]): void {
  paper.add(places.length === 1 ? "line " : "lines ");
  places.slice(0, MOST_PLACES).forEach((place, i) => {
    if (i > 0) paper.add(", ");
    linkPlace(paper, place);
  });
  const hidden = places.length - MOST_PLACES;
  if (hidden > 0) paper.add(` and ${hidden} more`);
}

const linkPlace = (paper: DigestPaper, place: Place) =>
  paper.link(`${place.at.line + 1}`, { kind: "place", place });

const MOST_FINDINGS = 100;

function writeFindings(paper: DigestPaper, { judgement }: Digest): void {
  const told = toldFindings(judgement.findings);
  if (told.length === 0) return;
  heading(paper, "What follows");
  for (const finding of told.slice(0, MOST_FINDINGS)) writeFinding(paper, finding);
  const hidden = told.length - MOST_FINDINGS;
  if (hidden > 0) paper.add(`- ${plural(hidden, ["more finding", "more findings"])}\n`);
}

function writeFinding(paper: DigestPaper, { kind, summary, evidence }: Finding): void {
  paper.add(`- ${escapeLightly(oneLine(summary, 400))} (${kind})\n`);
  if (evidence.length === 0) return;
  paper.add("  - ");
  linkPlaces(paper, evidence.map(placeOfEvidence));
  paper.add("\n");
}

const MOST_GROUPS = 100;
const LONGEST_FRAME = 300;

function writeGroups(paper: DigestPaper, { groups, others, threads }: Digest): void {
  if (groups.length === 0) return;
  heading(paper, "Stacks");
  groups.slice(0, MOST_GROUPS).forEach((group, i) => {
    if (i > 0) paper.add("\n");
    writeGroup(paper, group, threads);
  });
  const hidden = groups.slice(MOST_GROUPS).reduce((sum, { count }) => sum + count, others);
  if (hidden > 0) paper.add(`\n${plural(hidden, ["thread has", "threads have"])} other stacks.\n`);
}

function writeGroup(paper: DigestPaper, group: CountedGroup<PlacedName>, total: number): void {
  const { count, state, threads, lines, culprit, functions } = group;
  paper.add(
    `### ${count} of ${plural(total, "thread")}: ${escapeLightly(oneLine(state, 160))}\n\n`,
  );
  threads.forEach((member, i) => {
    if (i > 0) paper.add(", ");
    paper.link(escapeLightly(memberName(member)), { kind: "place", place: member.place });
  });
  const hidden = count - threads.length;
  paper.add(`${hidden > 0 ? ` and ${hidden} more` : ""}\n\n`);
  const shown = lines.map(
    (line, i) => `${i === culprit ? ">" : " "} ${shorten(line, LONGEST_FRAME)}`,
  );
  const more = functions.length - lines.length;
  if (more > 0) shown.push(`  ... ${plural(more, "more frame")}`);
  paper.add(`${fencedBlock(shown.join("\n"))}\n`);
}

/** `pid 311`, `thread 4 of pid 311`. */
function memberName({ pid, thread, lwp, isAlone, place }: PlacedName): string {
  const number = thread ?? lwp;
  const owner = pid === null ? `line ${place.at.line + 1}` : `pid ${pid}`;
  return isAlone || number === null ? owner : `thread ${number} of ${owner}`;
}

const MOST_ENTRIES = 200;

function writeEntries(
  paper: DigestPaper,
  words: string,
  all: readonly CountedEntries[],
  others: number,
): void {
  if (all.length === 0) return;
  heading(paper, words);
  for (const entries of all.slice(0, MOST_ENTRIES)) writeEntry(paper, entries);
  const hidden = all.slice(MOST_ENTRIES).reduce((sum, { count }) => sum + count, others);
  if (hidden > 0) paper.add(`- ${hidden} of other kinds\n`);
}

function writeEntry(paper: DigestPaper, entries: CountedEntries): void {
  const { kind, severity, isCrash, count, first, last, message, places, lastPlace } = entries;
  const words = [isCrash ? "crash" : "", severity ?? "", kind].filter((word) => word !== "");
  paper.add(`- ${count} × ${escapeLightly(oneLine(words.join(" "), 160))}${times(first, last)}: `);
  linkPlaces(paper, places);
  if (count > places.length) {
    paper.add(" … ");
    linkPlace(paper, lastPlace);
  }
  paper.add(`  \n  ${code(oneLine(message, 200))}\n`);
}

const MOST_PROCESSES = 200;

function writeProcesses(paper: DigestPaper, { processes }: Digest): void {
  if (processes.count === 0) return;
  heading(paper, "Processes");
  for (const process of processes.listed.slice(0, MOST_PROCESSES)) {
    paper.add("- ");
    paper.link(escapeLightly(processName(process)), { kind: "place", place: process.place });
    paper.add(` ${escapeLightly(processDetail(process))}\n`);
  }
  const hidden = processes.count - MOST_PROCESSES;
  if (hidden > 0)
    paper.add(
      `- ${plural(hidden, ["more process", "more processes"])}: "Open Process…" finds them.\n`,
    );
}

/** `pid 311` or `process 4`. */
export const processName = ({ pid, number }: ListedProcess): string =>
  pid === null ? `process ${number}` : `pid ${pid}`;

/** `httpd, SIGSEGV, 4 threads: waiting for a lock; line 12`. */
export function processDetail({ program, signal, threads, state, place }: ListedProcess): string {
  const base = program?.replace(/^.*\//, "") ?? "";
  const parts = [base, signal ?? "", threads === 1 ? "" : plural(threads, "thread")];
  const facts = [parts.filter((part) => part !== "").join(", "), state];
  const said = facts.filter((fact) => fact !== "").join(": ");
  return `${oneLine(said, 200)}${said === "" ? "" : "; "}line ${place.at.line + 1}`;
}
