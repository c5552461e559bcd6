import { ApacheReader } from "./apache/reader";
import type { Change } from "./change";
import { type Envelope, type EnvelopeOf, noEnvelope } from "./envelope";
import { LighttpdReader } from "./lighttpd/reader";
import { type Lines, splitLines } from "./lines";
import { type Counts, countsOf, type Mark, Marks, SECTION } from "./marks";
import type { LogRecord, Reading, Section } from "./model";
import { Mover, type Movers, moversOf } from "./moved";
import { movedProcess, processMadeAnew } from "./movedProcess";
import { emptyOutput } from "./output";
import { type Characters, copied, type PiecedText } from "./piecedText";
import { readSteps, toLazyReading } from "./read";
import { type Found, readLines, type WholeLogs } from "./readLines";
import { RecordList } from "./recordList";
import { addEnvelopes, envelopesOf, onlyYear, type Years, yearsWith } from "./records";
import { keepRenewal, nothingEdited, type Renewal, renewalOf } from "./renewal";
import { atOnce, type Steps } from "./steps";
import { SAMPLE } from "./strays";
import { lineEnd, lineStart, linesBack } from "./stretch";
import { type Undone, type UndoneAgain, undoAgain } from "./undoAgain";
import { envelopes } from "./undress/envelope";

/**
 * The reading of a text that came out of the text of `previous` by an edit: the same as `read(text)`, but of its clean
 * text only the stretch between two marks around the edit is read, and the rest is taken over. Whatever cannot be told to stay
 * the same makes the whole text be read. `previous` stays as it is.
 */
export const reread = (previous: Reading, text: PiecedText, change: Change): Reading =>
  atOnce(rereadSteps(previous, text, change));

/** The same in steps, between which others can have their turn. */
export function* rereadSteps(previous: Reading, text: PiecedText, change: Change): Steps<Reading> {
  return renewed(previous, text, change) ?? (yield* readSteps(text.toString()));
}

/** No reader looks further ahead of what it has claimed than so many lines. */
export const LOOK_AHEAD = 210;

/**
 * How much is read behind the edit to come to a mark, one attempt after the other. What was read of it is kept with its text, so
 * that none is much longer than it has to be.
 */
const REACHES = [15, 16, 17, 18, 19, 20, 21].map((bits) => 1 << bits);

/** The edit, and what is known of the texts before and behind it. */
interface Renewing {
  readonly renewal: Renewal;
  readonly undone: Undone;
  /** The edit of the clean text, and the same with all of its lines. */
  readonly change: Change;
  readonly lines: Change;
  /** By how much everything in the clean text behind the edit has moved. */
  readonly shift: number;
  /** The last mark that is far enough in front of the edit. */
  readonly before: Mark;
  readonly wholeLogs: WholeLogs;
}

function renewed(previous: Reading, original: PiecedText, change: Change): Reading | null {
  const renewal = renewalOf(previous);
  const shift = change.inserted.length - (change.to - change.from);
  if (renewal === undefined || original.length !== renewal.original.length + shift) return null;
  const again = undoAgain(renewal, original, change);
  return again && readAgain(renewal, again);
}

function readAgain(renewal: Renewal, { undone, change, lines }: UndoneAgain): Reading | null {
  const { text } = undone;
  const wholeLogs = sameWholeLogs(text, lines, renewal);
  if (wholeLogs === null) return null;
  const before = markBefore(renewal.marks, linesBack(text, lines.from, LOOK_AHEAD));
  const shift = text.length - renewal.text.length;
  const edit: Renewing = { renewal, undone, change, lines, shift, before, wholeLogs };
  for (const reach of REACHES) {
    const stretch = readStretch(edit, reach);
    if (stretch !== null) return combine(edit, stretch);
  }
  return null;
}

const START: Mark = { offset: 0, section: -1, counts: countsOf(emptyOutput(), 0) };

function markBefore(marks: Marks, offset: number): Mark {
  const last = marks.lastAt(offset);
  return last < 0 ? START : marks.at(last);
}

/** What was read between the mark in front of the edit and one behind it, as offsets of a text of its own. */
interface Stretch {
  readonly found: Found;
  /** What the shippers' prefixes say of its records. */
  readonly envelopes: readonly (Envelope | null)[] | null;
  /** The mark behind the edit, in the text as it was; null where the reading went on to the end. */
  readonly after: number | null;
}

/** Reads on from the mark in front of the edit; null where no mark was reached. */
function readStretch(edit: Renewing, reach: number): Stretch | null {
  const { undone, lines, shift, before, renewal, wholeLogs } = edit;
  const { text } = undone;
  const edited = lines.from + lines.inserted.length;
  const newline = text.indexOf("\n", edited + reach);
  const end = newline < 0 ? text.length : newline + 1;
  if (end === text.length && before.offset === 0) return null;
  const known = end === text.length ? end : linesBack(text, end, LOOK_AHEAD);
  const stops = new Map<number, number>();
  for (let i = renewal.marks.lastAt(lines.to) + 1; i < renewal.marks.count; i++) {
    const offset = renewal.marks.offset(i) + shift;
    if (offset > known) break;
    stops.set(offset - before.offset, i);
  }
  const read = splitLines(copied(text.slice(before.offset, end)));
  const envelopeOf = envelopesIn(undone, before.offset, read);
  const found = readLines(read, envelopeOf, { stops: new Set(stops.keys()), wholeLogs });
  const after = found.stopped && (stops.get(found.stopped.offset) as number);
  if (after === null && end < text.length) return null;
  return { found, envelopes: envelopesOf(found.output.records, read, envelopeOf), after };
}

/** What the shippers wrote before these lines of the clean text. */
function envelopesIn({ original, mapping }: Undone, from: number, lines: Lines): EnvelopeOf {
  if (mapping === null) return noEnvelope;
  const { text } = lines;
  const span = { from, to: from + text.length };
  const source = mapping.toOriginal(span);
  const start = lineStart(original, source.from);
  const stretch = original.slice(start, lineEnd(original, source.to));
  return envelopes(stretch, { text, mapping: mapping.cut(span, start) }, lines);
}

/** After so many edits everything is made anew for the text as it stands, so that what was read of older ones can go. */
const MOST_EDITS = 256;

/** Puts together what stands in front of the stretch, in it and behind it. */
function combine(edit: Renewing, stretch: Stretch): Reading | null {
  const { renewal, undone, change, wholeLogs } = edit;
  const dated = datedRecords(edit, stretch);
  if (dated === null) return null;
  const all = joined(edit, stretch, dated.records);
  if (all === null) return null;
  const isOld = renewal.edits.length === MOST_EDITS;
  const { output, records } = isOld ? madeAnew(all, undone.text) : all;
  const { from, to, inserted } = change;
  const edits = [...renewal.edits, { from, to, length: inserted.length }];
  const reading = toLazyReading(undone, output, records);
  const more = difference(
    countsOf(output, records.count),
    countsOf(renewal.output, renewal.records.count),
  );
  keepRenewal(reading, {
    ...undone,
    output,
    records,
    marks: joinMarks(edit, stretch, more),
    wholeLogs,
    years: dated.years,
    edits: isOld ? [nothingEdited()] : edits,
  });
  return reading;
}

/** The records of the stretch with what the shippers say of them; null where the edit changes the year of all others. */
function datedRecords(
  { renewal, before }: Renewing,
  { found, envelopes, after }: Stretch,
): { readonly records: readonly LogRecord[]; readonly years: Years | null } | null {
  const { records } = found.output;
  if (renewal.years === null && envelopes === null) return { records, years: null };
  const list = renewal.records;
  const all = renewal.years ?? yearsWith(new Map(), list.all(), null, 1);
  const gone = list.between(before.counts.records, recordsUpTo(renewal, after));
  const kept = yearsWith(all, gone, null, -1);
  const years = yearsWith(kept, records, envelopes, 1);
  if (onlyYear(years) !== onlyYear(all)) return null;
  return { records: envelopes ? addEnvelopes(records, envelopes, years) : records, years };
}

interface Joined {
  readonly output: Rest;
  readonly records: RecordList;
}

/** What was found in all three parts, where it stands now; null as for `joinSections`. */
function joined(edit: Renewing, stretch: Stretch, inside: readonly LogRecord[]): Joined | null {
  const { renewal, undone, shift, before } = edit;
  const { found, after } = stretch;
  const { output } = renewal;
  const end = countsOf(output, renewal.records.count);
  const stop = after === null ? null : renewal.marks.at(after);
  const movers = moversOf((by) => Mover.to(undone.text, by));
  const first = moved(sliced(output, START.counts, before.counts), 0, movers);
  const middle = moved(found.output, before.offset, movers);
  const last = moved(sliced(output, stop?.counts ?? end, end), shift, movers);
  const sections = joinSections(edit, found, [first, middle, last], stop);
  if (sections === null) return null;
  const records = joinRecords(edit, stretch, RecordList.of(inside), movers);
  const processes = [...first.processes, ...middle.processes, ...last.processes];
  return {
    output: {
      sections,
      processes,
      tables: [...first.tables, ...middle.tables, ...last.tables],
      prompts: [...first.prompts, ...middle.prompts, ...last.prompts],
      problems: [...first.problems, ...middle.problems, ...last.problems],
    },
    records,
  };
}

/** The same without what is left of older texts. */
function madeAnew({ output, records }: Joined, text: PiecedText): Joined {
  const whole = text.toString();
  const movers = moversOf((by) => Mover.into(whole, by));
  const processes = output.processes.map((process) => processMadeAnew(process, movers));
  const all = RecordList.moved(records.runs, movers).all();
  return { output: { ...output, processes }, records: RecordList.of(all) };
}

/** How many records stood in front of the mark behind the edit, or in all of the text. */
const recordsUpTo = ({ records, marks }: Renewal, after: number | null): number =>
  after === null ? records.count : marks.at(after).counts.records;

function joinRecords(
  { renewal, before, shift }: Renewing,
  { after }: Stretch,
  inside: RecordList,
  movers: Movers,
): RecordList {
  const { records } = renewal;
  const behind = recordsUpTo(renewal, after);
  const runs = [
    ...records.slice(0, before.counts.records, 0),
    ...inside.slice(0, inside.count, before.offset),
    ...records.slice(behind, records.count, shift),
  ];
  return RecordList.moved(runs, movers);
}

/** All but the records. */
type Rest = Renewal["output"];

const sliced = (output: Rest, from: Counts, to: Counts): Rest => ({
  sections: output.sections.slice(from.sections, to.sections),
  processes: output.processes.slice(from.processes, to.processes),
  tables: output.tables.slice(from.tables, to.tables),
  prompts: output.prompts.slice(from.prompts, to.prompts),
  problems: output.problems.slice(from.problems, to.problems),
});

/** The same `by` further back. Only processes hold the text itself. */
function moved(found: Rest, by: number, movers: Movers): Rest {
  const processes = found.processes.map((process) => movedProcess(process, by, movers));
  if (by === 0) return { ...found, processes };
  const mover = movers(by);
  return {
    sections: found.sections.map((section) => mover.section(section)),
    processes,
    tables: found.tables.map((table) => mover.table(table)),
    prompts: found.prompts.map((prompt) => mover.prompt(prompt)),
    problems: found.problems.map((problem) => mover.problem(problem)),
  };
}

/**
 * The sections of the three parts. A section that was open at the mark in front goes on in the stretch, and one that is
 * open at its end goes on behind it; null where they do not fit, which would be an error of the marks.
 */
function joinSections(
  edit: Renewing,
  found: Found,
  [first, middle, last]: readonly [Rest, Rest, Rest],
  stop: Mark | null,
): Section[] | null {
  const { before, shift } = edit;
  const inside = [...middle.sections];
  const behind = [...last.sections];
  const open = openSection(edit, found);
  if (before.section >= 0 && open !== before.section) {
    if (inside[0]?.span.from !== before.offset) return null;
    inside[0] = startingAt(inside[0], before.section);
  }
  if (stop !== null && (open >= 0 || stop.section >= 0)) {
    const at = stop.offset + shift;
    const next = behind[0];
    if (next === undefined || (stop.section < 0 && next.span.from !== at)) return null;
    behind[0] = startingAt(next, open >= 0 ? open : at);
  }
  return [...first.sections, ...inside, ...behind];
}

const startingAt = ({ kind, span }: Section, from: number): Section => ({
  kind,
  span: { from, to: span.to },
});

/** `more` says how much more of everything there is in the whole text. */
function joinMarks(edit: Renewing, { found, after }: Stretch, more: Counts): Marks {
  const { renewal, before } = edit;
  const { marks } = renewal;
  const front = marks.moved(0, marks.lastAt(before.offset) + 1, 0, START.counts);
  const [start, newStart] = before.section < 0 ? [-1, -1] : [0, before.section];
  const { count } = found.marks;
  const inside = found.marks.moved(0, count, before.offset, before.counts, start, newStart);
  const back = after === null ? new Int32Array() : marksBehind(edit, found, after, more);
  const rows = new Int32Array(front.length + inside.length + back.length);
  rows.set(front);
  rows.set(inside, front.length);
  rows.set(back, front.length + inside.length);
  return new Marks(rows);
}

function marksBehind(edit: Renewing, found: Found, after: number, more: Counts): Int32Array {
  const { marks } = edit.renewal;
  const stop = marks.at(after);
  // The section that holds the end of the stretch may start elsewhere than it did.
  const start = stop.section >= 0 ? stop.section : stop.offset;
  const open = openSection(edit, found);
  const newStart = open >= 0 ? open : stop.offset + edit.shift;
  const rows = marks.moved(after, marks.count, edit.shift, more, start, newStart);
  // At the end of the stretch itself, a section may be open now where none was, or none where one was.
  rows[SECTION] = open;
  return rows;
}

/** Where the section starts that is open at the end of the stretch, or -1. */
function openSection({ before }: Renewing, { stopped }: Found): number {
  if (stopped === null || stopped.section < 0) return -1;
  const goesOn = stopped.section === 0 && before.section >= 0;
  return goesOn ? before.section : stopped.section + before.offset;
}

const difference = (one: Counts, other: Counts): Counts => ({
  sections: one.sections - other.sections,
  processes: one.processes - other.processes,
  records: one.records - other.records,
  tables: one.tables - other.tables,
  prompts: one.prompts - other.prompts,
  problems: one.problems - other.problems,
});

/** Of which formats the text is a log; null where the edit changes that, for then it changes what strays are everywhere. */
function sameWholeLogs(text: Characters, change: Change, renewal: Renewal): WholeLogs | null {
  const old = renewal.wholeLogs ?? wholeLogsOf(renewal.text);
  if (change.from > headEnd(renewal.text)) return old;
  const now = wholeLogsOf(text);
  return now.apache === old.apache && now.lighttpd === old.lighttpd ? now : null;
}

/** As many lines decide it. */
function headEnd(text: Characters): number {
  let at = -1;
  for (let line = 0; line < SAMPLE; line++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) return text.length;
  }
  return at;
}

/** Of which formats is the clean text a log? */
export function wholeLogsOf(text: Characters): WholeLogs {
  const lines = splitLines(text.slice(0, headEnd(text)));
  return {
    apache: new ApacheReader(lines, emptyOutput()).isWholeLog(),
    lighttpd: new LighttpdReader(lines, emptyOutput()).isWholeLog(),
  };
}
