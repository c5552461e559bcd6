import type { Frame, FramePart } from "../../server/src/read/frame";
import type { LogRecord, Process, Reading, Table, Thread } from "../../server/src/read/model";
import { cleanOffset, place } from "../../server/src/read/place";
import type { Span } from "../../server/src/read/span";

export const isInside = ({ from, to }: Span, outer: Span): boolean =>
  outer.from <= from && from <= to && to <= outer.to;

export const show = ({ from, to }: Span): string => `${from}-${to}`;

/** Sections are the text; everything lies in it, in order, and what is part of something lies in that. */
export function* readingProblems(reading: Reading): Generator<string> {
  const { processes, records, tables, problems, prompts } = reading;
  yield* coverProblems(reading);
  yield* placeProblems(reading);
  yield* orderProblems("processes", processes);
  yield* orderProblems("records", records);
  yield* orderProblems("tables", tables);
  yield* orderProblems("prompts", prompts);
  yield* outsideProblems("a problem", problems, wholeOf(reading));
  yield* commandProblems(reading);
  for (const process of processes) yield* processProblems(process, wholeOf(reading));
  for (const record of records) yield* recordProblems(record);
  for (const table of tables) yield* tableProblems(table);
}

const wholeOf = ({ clean }: Reading): Span => ({ from: 0, to: clean.text.length });

/** One section after the other gives the text, but for blanks between them. */
function* coverProblems({ clean, sections }: Reading): Generator<string> {
  let end = 0;
  for (const { span } of sections) {
    if (span.from < end) yield `sections overlap at ${span.from}`;
    if (span.to < span.from) yield `a section is turned round: ${show(span)}`;
    if (isLost(clean.text, end, span.from)) yield `no section covers ${end}`;
    end = span.to;
  }
  if (isLost(clean.text, end, clean.text.length)) yield `no section covers the end from ${end}`;
}

const isLost = (text: string, from: number, to: number): boolean =>
  from < to && text.slice(from, to).trim() !== "";

/** Sections follow each other in the document too, and every place of it leads into the text. */
function* placeProblems(reading: Reading): Generator<string> {
  const { sections, processes, records, tables, problems, prompts, text, clean } = reading;
  if (clean.mapping === null && clean.text !== text) yield "the clean text has no way back";
  const document = { from: 0, to: text.length };
  const spans = [sections, processes, records, tables, problems, prompts].flat();
  for (const { span } of spans) {
    const there = place(reading, span);
    if (!isInside(there, document)) yield `a place ${show(there)} lies outside the document`;
  }
  let end = 0;
  for (const { span } of sections) {
    const there = place(reading, span);
    if (there.from < end) yield `sections overlap in the document at ${there.from}`;
    end = there.to;
  }
  let last = 0;
  for (let share = 0; share <= 64; share++) {
    const made = cleanOffset(reading, Math.floor((text.length * share) / 64));
    if (made < last || made > clean.text.length) yield `a place leads back, to ${made}`;
    last = made;
  }
}

type Placed = { readonly span: Span };

/** They do not overlap, and come one after the other. */
function* orderProblems(what: string, list: readonly Placed[]): Generator<string> {
  let end = 0;
  for (const { span } of list) {
    if (span.from < end) yield `${what} overlap at ${span.from}`;
    if (span.to < span.from) yield `${what}: ${show(span)} is turned round`;
    end = span.to;
  }
}

function* outsideProblems(what: string, list: readonly Placed[], outer: Span): Generator<string> {
  for (const { span } of list) {
    if (!isInside(span, outer)) yield `${what} ${show(span)} lies outside ${show(outer)}`;
  }
}

/** A command stands behind its prompt and in front of the next one. */
function* commandProblems({ prompts, clean }: Reading): Generator<string> {
  for (const [i, { span, command }] of prompts.entries()) {
    const next = prompts[i + 1]?.span.from ?? clean.text.length;
    if (!isInside(command, { from: span.from, to: next })) {
      yield `a command ${show(command)} lies outside its prompt ${show(span)}`;
    }
  }
}

function* processProblems(process: Process, whole: Span): Generator<string> {
  yield* outsideProblems("a process", [process], whole);
  if (process.head && !isInside(process.head, process.span)) {
    yield "a head lies outside its process";
  }
  yield* outsideProblems("a thread", process.threads, process.span);
  for (const thread of process.threads) yield* threadProblems(thread, process.span);
}

function* threadProblems({ span, frames, views }: Thread, process: Span): Generator<string> {
  yield* outsideProblems("a frame", frames, span);
  yield* orderProblems("frames", inOrderOfPlaces(frames));
  yield* outsideProblems("a view", views, process);
  for (const frame of [...frames, ...views]) yield* frameProblems(frame);
  for (const frame of frames) {
    const locals = frame.localsSpan;
    if (locals && !isInside(locals, span)) yield "locals lie outside their thread";
  }
}

/** A session may have looked at outer frames first. */
const inOrderOfPlaces = (frames: readonly Frame[]): Frame[] =>
  frames.toSorted((one, other) => one.span.from - other.span.from);

const PARTS: readonly FramePart[] = [
  "number",
  "address",
  "function",
  "arguments",
  "file",
  "line",
  "library",
  "offset",
];

function* frameProblems(frame: Frame): Generator<string> {
  for (const name of PARTS) {
    const part = frame.part(name);
    if (part && !isInside(part, frame.span)) yield `the ${name} lies outside its frame`;
  }
  const within = { arguments: frame.part("arguments"), locals: frame.localsSpan };
  for (const name of ["arguments", "locals"] as const) {
    const outer = within[name];
    let end = 0;
    for (const { nameSpan, valueSpan } of (outer && frame[name]) ?? []) {
      const span = { from: nameSpan.from, to: valueSpan.to };
      if (outer && !isInside(span, outer)) yield `one of the ${name} lies outside of them`;
      if (nameSpan.from < end || valueSpan.from < nameSpan.to) yield `${name} overlap`;
      end = valueSpan.to;
    }
  }
}

function* recordProblems({ span, frames, culprit }: LogRecord): Generator<string> {
  yield* outsideProblems("a frame of an entry", frames ?? [], span);
  for (const frame of frames ?? []) yield* frameProblems(frame);
  if (culprit !== null && frames?.[culprit] === undefined) yield "the culprit is no frame";
}

function* tableProblems({ span, rows }: Table): Generator<string> {
  yield* outsideProblems("a row", rows, span);
  yield* orderProblems("rows", rows);
  for (const row of rows) {
    yield* outsideProblems("a cell", row.cells, row.span);
    yield* orderProblems("cells", row.cells);
  }
}
