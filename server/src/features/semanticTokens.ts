import { culpritIndex, type ExtraMachinery } from "../frames/culprit";
import { plainName } from "../frames/names";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import { cleanOffset, place } from "../read/place";
import type { Span } from "../read/span";
import { documentText } from "./documentText";
import { type FramePlace, framePlacesIn } from "./locate";
import { entryTokens } from "./tokens/entryTokens";
import { frameTokens } from "./tokens/frameTokens";
import { lineTokens, promptTokens, tableTokens } from "./tokens/lineTokens";
import { linePieces, type Token, token } from "./tokens/token";

/**
 * The coloured stretches of the document (not of the clean text) inside `part`, in order, none across a line break and
 * none over another.
 */
export function semanticTokens(
  reading: Reading,
  part: Span,
  extraMachinery: ExtraMachinery = () => false,
): Token[] {
  const within = { from: cleanOffset(reading, part.from), to: cleanOffset(reading, part.to) + 1 };
  const tokens = [
    ...frames(reading, within, extraMachinery),
    ...lineTokens(reading, within),
    ...entryTokens(reading, within),
    ...[...promptTokens(reading, within), ...tableTokens(reading, within)].filter(({ span }) =>
      meet(span, within),
    ),
  ].sort((one, other) => one.span.from - other.span.from);
  const kept = withoutOverlaps(tokens);
  const pieces = piecesOf(reading, kept);
  return kept
    .flatMap((it) => pieces(it.span).map((span) => token(span, it.type, it.modifiers)))
    .filter(({ span }) => meet(span, part));
}

const meet = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

function frames(reading: Reading, within: Span, extra: ExtraMachinery): Token[] {
  const culprits = new Map<readonly Frame[], Frame | null>();
  return framePlacesIn(reading, within).flatMap((place) =>
    frameTokens(place.frame, standing(place, culprits, extra)),
  );
}

function standing(
  { frame, stack, isView }: FramePlace,
  culprits: Map<readonly Frame[], Frame | null>,
  extra: ExtraMachinery,
) {
  const { function: name } = frame;
  const isExtraMachinery = name !== null && (extra(name) || extra(plainName(name)));
  return { isView, isExtraMachinery, isCulprit: culpritOf(stack, culprits, extra) === frame };
}

/** Each stack is searched once, not once for every frame. */
function culpritOf(
  stack: readonly Frame[],
  culprits: Map<readonly Frame[], Frame | null>,
  extra: ExtraMachinery,
): Frame | null {
  const known = culprits.get(stack);
  if (known !== undefined) return known;
  const index = culpritIndex(stack, extra);
  const found = index === null ? null : (stack[index] ?? null);
  culprits.set(stack, found);
  return found;
}

/** Their text is cut out once: to ask the document for each is slower. */
function piecesOf(reading: Reading, tokens: readonly Token[]): (span: Span) => Span[] {
  const [first, last] = [tokens[0], tokens[tokens.length - 1]];
  if (first === undefined || last === undefined) return () => [];
  const { from, to } = place(reading, { from: first.span.from, to: last.span.to });
  const text = documentText(reading).slice(from, to);
  return (span) => linePieces(reading, text, from, span);
}

function withoutOverlaps(tokens: readonly Token[]): Token[] {
  let end = -1;
  return tokens.filter(({ span }) => {
    if (span.from < end || span.to <= span.from) return false;
    end = span.to;
    return true;
  });
}
