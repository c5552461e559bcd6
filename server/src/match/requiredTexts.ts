/** Shorter texts stand in too many lines to save work. */
const SHORTEST = 3;

/**
 * Texts of which each match of the pattern holds at least one, so that a search can look for them first; null where
 * none is certain. Looks only at what stands outside of groups and classes, which is enough for patterns that people
 * write: `exit signal (?<name>\w+)` gives `exit signal `.
 */
export function requiredTexts(pattern: string): string[] | null {
  // Flags that ignore case, and escapes longer than two characters.
  if (/\(\?\w*i|\\[xpPQ0-7]/.test(pattern)) return null;
  const texts: string[] = [];
  for (const alternative of alternatives(pattern)) {
    const longest = longestText(alternative);
    if (longest.length < SHORTEST) return null;
    texts.push(longest);
  }
  return texts;
}

/** More letters have more spellings than it saves work. */
const MOST_SPELT = 4;

/**
 * For a pattern that ignores case: some letters that each of its matches holds, in every way to write them; null where
 * none are certain. Only plain letters count that have one upper and one lower case: of k and s there are others.
 */
export function requiredSpellings(pattern: string): string[] | null {
  const own = /^\(\?i\)(.*)$/s.exec(pattern)?.[1];
  if (own === undefined || /\(\?\w*i|\\[xpPQ0-7]/.test(own)) return null;
  const all = alternatives(own);
  if (all.length > 1) return null;
  const letters = longestText(own).match(/[a-jl-rt-z]{3,}/gi) ?? [];
  const [longest] = letters.sort((one, other) => other.length - one.length);
  return longest === undefined ? null : spellings(longest.slice(0, MOST_SPELT));
}

function spellings(letters: string): string[] {
  let found = [""];
  for (const letter of letters) {
    const both = [letter.toLowerCase(), letter.toUpperCase()];
    found = found.flatMap((begun) => both.map((each) => begun + each));
  }
  return found;
}

/** The pattern cut at each `|` outside of groups and classes. */
function alternatives(pattern: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "|") {
      parts.push(pattern.slice(start, at));
      start = at + 1;
    } else at = endOfAtom(pattern, at) - 1;
  }
  return [...parts, pattern.slice(start)];
}

/** The longest run of plain characters, none of them optional. */
function longestText(pattern: string): string {
  let longest = "";
  let run = "";
  for (let at = 0; at < pattern.length; ) {
    const end = endOfAtom(pattern, at);
    const [isOptional, next] = repetition(pattern, end);
    const character = isOptional ? null : plainCharacter(pattern.slice(at, end));
    run = character === null ? "" : run + character;
    if (run.length > longest.length) longest = run;
    if (next > end && character !== null) run = "";
    at = next;
  }
  return longest;
}

/** Where the character, escape, class or group at `at` ends. */
function endOfAtom(pattern: string, at: number): number {
  switch (pattern[at]) {
    case "\\":
      return at + 2;
    case "[":
      return endOfClass(pattern, at);
    case "(":
      return endOfGroup(pattern, at);
    default:
      return at + 1;
  }
}

function endOfClass(pattern: string, open: number): number {
  let at = open + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  while (at < pattern.length && pattern[at] !== "]") at += pattern[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfGroup(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; ) {
    if (pattern[at] === "(") depth++;
    if (pattern[at] === ")" && --depth === 0) return at + 1;
    at = pattern[at] === "(" ? at + 1 : endOfAtom(pattern, at);
  }
  return pattern.length;
}

/** May what stands before `at` be missing, and where does its quantifier end? */
function repetition(pattern: string, at: number): readonly [boolean, number] {
  const sign = pattern[at];
  if (sign === "{") {
    const close = pattern.indexOf("}", at);
    return [pattern[at + 1] === "0", close < 0 ? at + 1 : close + 1];
  }
  if (sign !== "?" && sign !== "*" && sign !== "+") return [false, at];
  return [sign !== "+", pattern[at + 1] === "?" ? at + 2 : at + 1];
}

/** The character that an atom stands for, or null where it may be several. */
function plainCharacter(atom: string): string | null {
  if (atom.length === 1) return ".^$|)".includes(atom) ? null : atom;
  return atom.length === 2 && atom[0] === "\\" && /[^\w\s]/.test(atom[1] as string)
    ? (atom[1] as string)
    : null;
}
