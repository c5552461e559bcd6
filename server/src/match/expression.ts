import { RE2JS } from "re2js";
import { requiredSpellings, requiredTexts } from "./requiredTexts";

/** A regular expression that runs in linear time on any text, whoever wrote either. */
export interface Expression {
  /** Each match holds one of these; null where no such text is known. */
  readonly required: readonly string[] | null;
  /** The same of a pattern that ignores case: one text in every way to write it. */
  readonly spellings: readonly string[] | null;
  /** The first match in a line: the values of its named groups; null where there is none. */
  search(line: string): Readonly<Record<string, string>> | null;
}

const compiled = new Map<string, Expression>();

/**
 * Compiles a pattern in RE2's syntax, which has no look-around and no back-references and therefore no pattern that takes
 * long. Throws for one that RE2 does not take. Kept for the next time; compiled when first searched for.
 */
export function expression(pattern: string): Expression {
  const known = compiled.get(pattern);
  if (known) return known;
  let engine: RE2JS | undefined;
  const made = {
    required: requiredTexts(pattern),
    spellings: requiredSpellings(pattern),
    search: (line: string) => {
      engine ??= RE2JS.compile(pattern);
      return searched(engine, line);
    },
  };
  compiled.set(pattern, made);
  return made;
}

/** Why the engine refuses the pattern; null where it takes it. */
export function refusal(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function searched(engine: RE2JS, line: string): Record<string, string> | null {
  // Whether there is a match is told sooner than where its groups are.
  if (!engine.test(line)) return null;
  const matcher = engine.matcher(line);
  if (!matcher.find()) return null;
  const groups: Record<string, string> = {};
  for (const name of Object.keys(engine.namedGroups())) {
    const value = matcher.group(name);
    if (typeof value === "string") groups[name] = value;
  }
  return groups;
}
