import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { crashDiagnostics } from "./crashDiagnostics";
import { gdbBanner, symbolsCommand } from "./debugSymbols";
import { documentText } from "./documentText";
import { threadsOf } from "./stacks";

/** A crash that a log tells of, or what the text leaves out; never an error, because nobody can correct a log. */
export interface Diagnostic {
  readonly span: Span;
  readonly code: string;
  readonly message: string;
  readonly severity: "warning" | "information" | "hint";
}

/** The setting `backtraceReader.diagnostics`. */
export type DiagnosticsMode = "auto" | "on" | "off";

/** `auto` keeps quiet about long texts: a list of thousands helps nobody. */
const MOST_IN_AUTO = 100;
const LONGEST_IN_AUTO = 2 * 1024 * 1024;

/**
 * Crashes in logs, broken frames, missing frames and symbols, and gdb's warnings that core and program do not fit; in
 * document order.
 */
export function diagnostics(reading: Reading, mode: DiagnosticsMode): Diagnostic[] {
  if (mode === "off" || (mode === "auto" && documentText(reading).length > LONGEST_IN_AUTO))
    return [];
  const found = [
    ...crashDiagnostics(reading),
    ...broken(reading),
    ...missingSymbols(reading),
    ...coreWarnings(reading),
  ];
  const inOrder = found.sort((one, other) => one.span.from - other.span.from);
  return mode === "auto" ? inOrder.slice(0, MOST_IN_AUTO) : inOrder;
}

function broken(reading: Reading): Diagnostic[] {
  return reading.problems.map(({ span, code, message }) => ({
    span,
    code,
    message: shown(message),
    severity: "information",
  }));
}

const shown = (text: string): string => printable(shorten(text, 500));

/** One hint for each object without symbols, at its first frame. */
function missingSymbols(reading: Reading): Diagnostic[] {
  const banner = gdbBanner(reading.clean.text);
  return [...namelessFrames(reading)].map(([object, frames]) => ({
    span: (frames[0] as Frame).span,
    code: "missing-symbols",
    message: object === null ? withoutObject(frames.length) : inObject(object, frames, banner),
    severity: "hint",
  }));
}

function namelessFrames(reading: Reading): Map<string | null, Frame[]> {
  const byObject = new Map<string | null, Frame[]>();
  for (const { frames } of threadsOf(reading)) {
    for (const frame of frames) {
      if (frame.function !== null || frame.kind === "signal-handler" || !isWhole(frame)) continue;
      const known = byObject.get(frame.library);
      if (known) known.push(frame);
      else byObject.set(frame.library, [frame]);
    }
  }
  return byObject;
}

/** Where the text breaks off before the name, nobody knows whether there was one. */
const isWhole = (frame: Frame): boolean => frame.part("function") !== null;

function inObject(object: string, frames: readonly Frame[], banner: string | null): string {
  const command = symbolsCommand(object, banner);
  const advice =
    command ?? "install the debug symbols of the package it belongs to, or use debuginfod";
  return shown(
    `${count(frames.length)} in ${object} without a function name. To see names: ${advice}`,
  );
}

const withoutObject = (frames: number): string =>
  `${count(frames)} without a function name and without a library: gdb had no program file, or the stack is damaged.`;

const count = (frames: number): string => plural(frames, ["frame", "frames"]);

/** What gdb says of a core and a program that do not fit, and what follows for whoever reads the stacks. */
const CORE_WARNINGS: readonly (readonly [sentence: string, meaning: string])[] = [
  [
    "warning: core file may not match specified executable file.",
    "gdb was given another program than the one that left this core: do not trust the names of functions and lines.",
  ],
  [
    "warning: exec file is newer than core file.",
    "The program was rebuilt or updated after this core was written: names and lines may be wrong.",
  ],
];

function coreWarnings(reading: Reading): Diagnostic[] {
  if (reading.problems.some(({ code }) => code === "core-mismatch")) return [];
  const { text } = reading.clean;
  return CORE_WARNINGS.flatMap(([sentence, message]) =>
    placesOf(text, sentence).map(
      (span): Diagnostic => ({ span, code: "core-mismatch", message, severity: "information" }),
    ),
  );
}

function placesOf(text: string, sentence: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(sentence); at >= 0; at = text.indexOf(sentence, at + 1)) {
    spans.push({ from: at, to: at + sentence.length });
  }
  return spans;
}
