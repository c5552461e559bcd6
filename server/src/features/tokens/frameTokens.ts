import { type FrameFact, frameFact } from "../../frames/facts";
import type { Frame, FramePart } from "../../read/frame";
import type { Span } from "../../read/span";
import type { NamedValue } from "../../read/values";
import type { TokenModifier, TokenType } from "./legend";
import { type Token, token } from "./token";

/** What colours a frame besides its own text. */
export interface FrameStanding {
  readonly isCulprit: boolean;
  readonly isView: boolean;
  readonly isExtraMachinery: boolean;
}

/** The parts of a frame, its arguments and its locals. */
export function frameTokens(frame: Frame, standing: FrameStanding): Token[] {
  const modifiers = frameModifiers(frame, standing);
  const parts = PARTS.flatMap(([part, type]) => partToken(frame, part, type, modifiers));
  const values = (named: readonly NamedValue[] | null, type: TokenType) =>
    (named ?? []).flatMap((value) => valueTokens(frame, value, type, modifiers));
  const parameters = frame.readArguments();
  const locals = frame.readLocals();
  return [...parts, ...values(parameters, "btParameter"), ...values(locals, "btLocal")];
}

const PARTS: readonly (readonly [FramePart, TokenType])[] = [
  ["number", "btFrameNumber"],
  ["address", "btAddress"],
  ["function", "btFunction"],
  ["file", "btFile"],
  ["line", "btLine"],
  ["library", "btLibrary"],
];

function partToken(
  frame: Frame,
  part: FramePart,
  type: TokenType,
  modifiers: readonly TokenModifier[],
): Token[] {
  const span = frame.part(part);
  if (span === null) return [];
  if (part === "number") return [token({ from: span.from - 1, to: span.to }, type, modifiers)];
  if (part !== "function") return [token(span, type, modifiers)];
  if (frame.kind === "signal-handler") return [token(span, "btSignal", modifiers)];
  return [token(span, frame.function === null ? "btUnknownFunction" : type, modifiers)];
}

function frameModifiers(frame: Frame, standing: FrameStanding): TokenModifier[] {
  const fact = frame.function === null ? null : frameFact(frame.function, frame.library);
  const isMachinery = standing.isExtraMachinery || isKnownMachinery(fact);
  const modifiers: TokenModifier[] = [];
  if (standing.isCulprit) modifiers.push("culprit");
  else if (isMachinery) modifiers.push("machinery");
  if (fact?.role === "wait-lock") modifiers.push("lock");
  if (standing.isView) modifiers.push("view");
  return modifiers;
}

const isKnownMachinery = (fact: FrameFact | null): boolean =>
  fact?.interest === "skip" || fact?.interest === "base";

function valueTokens(
  frame: Frame,
  { nameSpan, valueSpan }: NamedValue,
  nameType: TokenType,
  modifiers: readonly TokenModifier[],
): Token[] {
  return [token(nameSpan, nameType, modifiers), ...scalars(frame, valueSpan, modifiers)];
}

/**
 * Strings, gdb's words in angle brackets, addresses and numbers. Every alternative takes what it can in one go, and a
 * string that is not closed ends with the value, so that the search takes one pass over a hostile text.
 */
const SCALAR =
  /"(?:[^"\\]|\\[\s\S])*"?|<[^<>"]{0,200}>|'(?:[^'\\]|\\[^']{1,3}|\\')'|0x[0-9a-fA-F]+|(?<![\w.])-?\d[\d.]*(?:e[-+]?\d+)?/g;

function scalars(frame: Frame, span: Span, modifiers: readonly TokenModifier[]): Token[] {
  const found: Token[] = [];
  for (const { 0: scalar, index } of frame.cut(span).matchAll(SCALAR)) {
    const type = scalarType(scalar);
    if (type === null) continue;
    const from = span.from + index;
    found.push(token({ from, to: from + scalar.length }, type, modifiers));
  }
  return found;
}

function scalarType(scalar: string): TokenType | null {
  if (scalar.startsWith('"') || scalar.startsWith("'")) return "btString";
  if (scalar === "<optimized out>" || scalar === "<synthetic pointer>") return "btOptimizedOut";
  if (scalar.startsWith("<")) return null;
  return scalar.startsWith("0x") ? "btAddress" : "btValue";
}
