import { compileGlob, type Glob } from "../frames/glob";

/** A pattern for names: alternatives separated by `|`, with `*` for any characters in each. */
export interface NamePattern {
  /** Alternatives without a star. */
  readonly exact: ReadonlySet<string>;
  readonly globs: readonly Glob[];
}

const compiled = new Map<string, NamePattern>();

/** The pattern, kept for the next time: the same few hundred are asked for again and again. */
export function namePattern(text: string): NamePattern {
  const known = compiled.get(text);
  if (known) return known;
  const alternatives = text.split("|").map((alternative) => alternative.trim());
  const pattern = {
    exact: new Set(alternatives.filter((alternative) => !alternative.includes("*"))),
    globs: alternatives.filter((alternative) => alternative.includes("*")).map(compileGlob),
  };
  compiled.set(text, pattern);
  return pattern;
}

/** Does one of the names match? */
export const matchesName = (pattern: NamePattern, names: readonly string[]): boolean =>
  names.some((name) => pattern.exact.has(name) || pattern.globs.some((glob) => glob(name)));

/** The same for one text. */
export const matchesText = (pattern: string, text: string | null): boolean =>
  text !== null && matchesName(namePattern(pattern), [text]);
