/** How the lines of a text were broken: at a fixed column, wherever that falls, or at blanks; "unknown" from few breaks. */
export interface WrapStyle {
  readonly width: number;
  readonly style: "characters" | "words" | "unknown";
}

/** Widths of terminals. A lone line that is exactly so long was most likely cut there. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160, 200]);

/** Breaks below this number tell too little. */
const ENOUGH_BREAKS = 3;

/** Judges by the lengths of the lines that go on in the next one. */
export function wrapStyle(lengths: readonly number[]): WrapStyle {
  const width = Math.max(0, ...lengths.slice(0, 10_000));
  const full = lengths.filter((length) => length === width).length;
  if (lengths.length < ENOUGH_BREAKS) return { width, style: "unknown" };
  const share = full / lengths.length;
  if (share >= 0.7) return { width, style: "characters" };
  return { width, style: share > 0.45 ? "unknown" : "words" };
}

/** C++ names have blanks after these words, and before `const`. */
const BLANK_AFTER =
  /(?:^|\W)(?:operator|unsigned|signed|const|struct|class|enum|union|long|short|virtual|thunk|volatile)$/;

/**
 * What stood between a line's end and the next line's start: nothing where a word was cut in two, else a blank. The
 * grammar of gdb's lines decides first, then how the other lines of the text were broken.
 */
export function glue(
  tail: string,
  after: string,
  length: number,
  wrap: WrapStyle,
  inString: boolean,
): "" | " " {
  const forced = inString ? null : forcedGlue(tail, after);
  if (forced !== null) return forced;
  const isFull = length >= wrap.width;
  if (wrap.style === "characters") return isFull ? "" : " ";
  if (wrap.style === "words" || !isFull) return " ";
  return !inString && cutsWord(tail, after) ? "" : TERMINAL_WIDTHS.has(length) ? "" : " ";
}

/** What no gdb line has otherwise; null where both are possible. */
function forcedGlue(tail: string, after: string): "" | " " | null {
  if (/\) ?(?:at|from)$/.test(tail) || /0x[0-9a-f]+ in$/.test(tail)) return " ";
  if (/(?:^|[ ,({=])0x[0-9a-f]*$/.test(tail) && /^[0-9a-f]+(?:[^\w]|$)/.test(after)) return "";
  if (/^[,;:)\]]/.test(after) || /[/:_[({]$/.test(tail)) return "";
  if (/:\d*$/.test(tail) && /^\d+$/.test(after)) return "";
  if (tail.endsWith("=")) return tail.endsWith(" =") ? " " : "";
  if (/[,{(] ?[\w@]+$/.test(tail) && /^[\w@]+ ?=/.test(after)) return "";
  return null;
}

/** Two halves of a name or a number rather than two words? */
function cutsWord(tail: string, after: string): boolean {
  if (BLANK_AFTER.test(tail) || /^const\b/.test(after)) return false;
  return /[\w.$~<>-]$/.test(tail) && /^[\w.$~-]/.test(after) && !/<optimized$|repeats$/.test(tail);
}
