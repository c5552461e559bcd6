import { type Change, changeBetween } from "./change";
import { splitOnce } from "./lines";
import { Mapping } from "./mapping";
import { type Met, metAfter, nothingMet } from "./met";
import { type Characters, copied, type PiecedText } from "./piecedText";
import { columnsOf, wrapStyle } from "./rejoin/measure";
import { MOST_WORK } from "./rejoin/split";
import type { WrapStyle } from "./rejoin/wrap";
import type { Rewritten } from "./rewrite";
import type { Span } from "./span";
import { atOnce } from "./steps";
import { lineEnd, lineStart, stretchAround } from "./stretch";
import { undoDamage } from "./undoDamage";
import { isCsvExport } from "./undress/csv";
import { isEscaped } from "./undress/entities";

/** A text whose damage is undone. */
export interface Undone {
  readonly original: PiecedText;
  /** The clean text. */
  readonly text: PiecedText;
  /** The way back to the original; null where nothing had to be undone. */
  readonly mapping: Mapping | null;
  readonly met: Met;
}

/** What an edit of the original makes of it. */
export interface UndoneAgain {
  readonly undone: Undone;
  /** The edit of the clean text. */
  readonly change: Change;
  /** The same, with all of the lines of which something was edited, be it what stood in front of them. */
  readonly lines: Change;
}

/** A stretch of the text with its damage undone, and what was met there. */
interface Stretch {
  readonly made: Rewritten;
  readonly met: Met;
}

/**
 * The damage undone after an edit, by undoing it in a stretch around the edit; null where nobody can tell what the edit
 * does to the rest.
 *
 * Every repair works inside of stretches between blank lines, or between lines of a log; what it must know of the whole
 * text is asked first. And the stretch as it was, undone in the same way, has to be what it is in the whole.
 */
export function undoAgain(before: Undone, original: PiecedText, edit: Change): UndoneAgain | null {
  const touched = touchedLines(before, edit);
  const span = stretchAround(before.text, touched, before.met.isListed);
  const source = span && sourceOf(before, span);
  if (span === null || source === null) return null;
  const shift = original.length - before.original.length;
  const oldText = before.original.slice(source.from, source.to);
  const newText = original.slice(source.from, source.to + shift);
  if (concernsAll(before, original, edit, oldText, newText)) return null;
  const old = asItWas(before, span, source, oldText);
  const now = old && undoneNow(before, old, newText);
  if (old === null || now === null) return null;
  const change = changeOf(old.made.text, now.made.text, touched.from - span.from);
  if (!keepsEnds(before, span, old.made, now.made, change, shift)) return null;
  if (isKernelsRest(before.text, span, old.made, now.made)) return null;
  const again = spliced(before, original, { span, source, touched }, change, now);
  return mayBeEscaped(oldText, newText) && isEscaped(again.undone.text) ? null : again;
}

/** The whole lines of the clean text that were made of those with the edit. */
function touchedLines({ original, text, mapping }: Undone, edit: Change): Span {
  const lines = { from: lineStart(original, edit.from), to: lineEnd(original, edit.to) };
  if (mapping === null) return lines;
  const to = mapping.toMade(lines.to);
  return {
    from: lineStart(text, mapping.toMade(lines.from)),
    to: to === 0 ? 0 : lineEnd(text, to - 1),
  };
}

/** The whole lines of the original that these were made of; null where they begin or end inside of one. */
function sourceOf({ original, text, mapping }: Undone, { from, to }: Span): Span | null {
  if (mapping === null) return { from, to };
  const startOf = (offset: number): number | null => {
    const start = lineStart(original, mapping.toOriginal({ from: offset, to: offset }).from);
    return mapping.toMade(start) === offset ? start : null;
  };
  const start = from === 0 ? 0 : startOf(from);
  const end = to === text.length ? original.length : startOf(to);
  return start === null || end === null ? null : { from: start, to: end };
}

/** May the edit change what is undone elsewhere, or what is undone around it depend on the rest? */
function concernsAll(
  { original: before, met }: Undone,
  after: PiecedText,
  { inserted }: Change,
  old: string,
  now: string,
): boolean {
  if (met.isSpoken || met.isEscaped || isCsvExport(before) || isCsvExport(after)) return true;
  if (inserted.includes("\x1b")) return true;
  if (ALONE.some((words) => old.includes(words) || now.includes(words))) return true;
  return OPENERS.some((opener) => opens(opener, before, after, old, now));
}

/** What a terminal takes for its window's title may be as long as the text; ipcs' messages only count behind other lists. */
const ALONE = ["\x1b]", "--- Message"];

/** With one of the words in it, a text is searched for what `about` finds. */
interface Opener {
  readonly words: readonly string[];
  readonly about: RegExp;
}

const OPENERS: readonly Opener[] = [
  { words: ['{"', '"msg": "'], about: /"(?:log|MESSAGE|message|msg)":|\},\{/ },
  { words: [".c."], about: /:\d\d(?:\.\d{1,9})?: \(/ },
];

/** Is it searched now where it was not, or the other way round? Or would it be where the stretch alone is not? */
function opens(
  { words, about }: Opener,
  before: Characters,
  after: Characters,
  old: string,
  now: string,
): boolean {
  const isOpen = (text: Characters) => words.some((word) => text.includes(word));
  const [wasOpen, isNowOpen] = [isOpen(old), isOpen(now)];
  if (wasOpen && !isNowOpen && !isOpen(after)) return true;
  if (isNowOpen && !wasOpen && !isOpen(before)) return true;
  const isAbout = (!wasOpen && about.test(old)) || (!isNowOpen && about.test(now));
  return isAbout && isOpen(after);
}

/** Without the signs that show that entities are meant as they stand. */
const mayBeEscaped = (old: string, now: string): boolean =>
  now.includes("&") || (/[<>]/.test(old) && !/[<>]/.test(now));

function undo(text: string, wrap: WrapStyle): Stretch {
  const met = nothingMet();
  return { made: atOnce(undoDamage(text, splitOnce(), met, wrap)), met };
}

/** The stretch before the edit; null where it is not in the whole text what it is by itself. */
function asItWas(
  { text, mapping, met }: Undone,
  span: Span,
  source: Span,
  old: string,
): Stretch | null {
  const isNothingBroken = met.behindFrames.own.isEmpty && met.continued.own.isEmpty;
  if (mapping === null && isNothingBroken)
    return { made: { text: old, mapping: null }, met: nothingMet() };
  const alone = undo(old, wrapStyle(met));
  if (isByOthers(alone.met) || alone.made.text !== text.slice(span.from, span.to)) return null;
  const inWhole = (mapping ?? Mapping.kept(text.length)).cut(span, source.from);
  return (alone.made.mapping ?? Mapping.kept(old.length)).equals(inWhole) ? alone : null;
}

/** Was something undone because of what stands further away? */
const isByOthers = ({ isSpoken, isEscaped, isTimed }: Met): boolean =>
  isSpoken || isEscaped || isTimed;

/** The stretch behind the edit, and what is met in the whole text then; null where that changes the rest. */
function undoneNow(before: Undone, old: Stretch, text: string): Stretch | null {
  const style = wrapStyle(before.met);
  let now = undo(text, style);
  let met = metAfter(before.met, old.met, now.met);
  // Where the lines behind frames decide, no others were counted.
  if (columnsOf(before.met) !== undefined && columnsOf(met) === undefined) return null;
  const newStyle = wrapStyle(met);
  if (newStyle.style !== style.style || newStyle.width !== style.width) {
    if (!staysApart(before.met, met)) return null;
    now = undo(text, newStyle);
    met = metAfter(before.met, old.met, now.met);
  }
  // Half of what is allowed: with the other half, no text that was read can have come to its end.
  const isShort = now.met.searched < MOST_WORK * text.length;
  const isSearched = isShort && met.searched <= (MOST_WORK / 2) * before.text.length;
  const isNewListing = now.met.isListed && !before.met.isListed;
  return isSearched && !isNewListing && !isByOthers(now.met) ? { made: now.made, met } : null;
}

/**
 * Lines that no repair has joined stay apart where lines count as full less often than before, or as often, and where
 * nothing says that the text was cut at a column.
 */
function staysApart(before: Met, now: Met): boolean {
  const isCut = (met: Met): boolean =>
    columnsOf(met) !== undefined ||
    [met.continued.own, met.continued.whole].some(({ style }) => style.style === "characters");
  if (before.joined > 0 || isCut(before) || isCut(now)) return false;
  return wrapStyle(now).width >= wrapStyle(before).width;
}

/** The places of a stretch: in the clean text, in the original, and the lines of it with the edit. */
interface Places {
  readonly span: Span;
  readonly source: Span;
  readonly touched: Span;
}

/** What the edit has made of the stretch; where it is the same as before, nothing in front of the edited lines. */
function changeOf(old: string, now: string, edited: number): Change {
  return old === now ? { from: edited, to: edited, inserted: "" } : changeBetween(old, now);
}

/** Do the first and the last line stand as they did? Then so does what the lines behind them depend on. */
function keepsEnds(
  { text }: Undone,
  span: Span,
  old: Rewritten,
  now: Rewritten,
  { from, to }: Change,
  shift: number,
): boolean {
  const more = now.text.length - old.text.length;
  const isFirstKept = from > old.text.indexOf("\n") && placeIn(old, 0) === placeIn(now, 0);
  const last = lineStart(old.text, old.text.length - 1);
  const isLast = to <= last && lineStart(now.text, now.text.length - 1) === last + more;
  const isLastKept = isLast && placeIn(old, last) + shift === placeIn(now, last + more);
  return (span.from === 0 || isFirstKept) && (span.to === text.length || isLastKept);
}

const placeIn = ({ mapping }: Rewritten, at: number): number =>
  mapping === null ? at : mapping.toOriginal({ from: at, to: at }).from;

/** With these the kernel's message may have begun in front of the blank lines. */
const KERNEL_START = /^\s*(?:segfault|general protection|\] trap |Code: )/;

const isKernelsRest = (text: Characters, { to }: Span, old: Rewritten, now: Rewritten): boolean =>
  [old.text, now.text, text.slice(to, to + 200)].some((part) =>
    KERNEL_START.test(part.slice(0, 200)),
  );

/** The whole text with the stretch as it is now. */
function spliced(
  before: Undone,
  original: PiecedText,
  { span, source, touched }: Places,
  { from, to, inserted }: Change,
  now: Stretch,
): UndoneAgain {
  const change = { from: span.from + from, to: span.from + to, inserted };
  const text = before.text.edited(change.from, change.to, copied(inserted));
  const way = splicedMapping(before, original, span, source, now.made);
  // Where a sign stands for another, nothing has moved either.
  const isMended = way?.isKeptWhole(original.length) && text.equals(original);
  const mapping = isMended ? null : way;
  const first = Math.min(touched.from, change.from);
  const last = Math.max(touched.to, change.to);
  const lines = {
    from: first,
    to: last,
    inserted: text.slice(first, last + text.length - before.text.length),
  };
  const undone = { original, text: mapping === null ? original : text, mapping, met: now.met };
  return { undone, change, lines };
}

function splicedMapping(
  { original: before, text, mapping }: Undone,
  original: PiecedText,
  span: Span,
  source: Span,
  now: Rewritten,
): Mapping | null {
  if (mapping === null && now.mapping === null) return null;
  const whole = mapping ?? Mapping.kept(text.length);
  const shift = original.length - before.length;
  const stretch = now.mapping ?? Mapping.kept(now.text.length);
  return whole.spliced(span, stretch, source.from, shift);
}
