import type { Lines } from "../lines";
import { Phrase } from "../phrase";
import { phraseKinds } from "./headline";
import { linesWith } from "./line";
import { FAULT_PHRASES } from "./userFault";

const PHRASES = [...FAULT_PHRASES, ...phraseKinds.map((kind) => kind.phrase ?? "")].map(
  (text) => new Phrase(text),
);

/**
 * The phrase that each line holds, for records whose line begins with a program's name. One pass over the text for each
 * phrase is cheaper than a look at every line.
 */
export function phraseLines(lines: Lines): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const phrase of PHRASES)
    for (const line of linesWith(lines, phrase)) if (!found.has(line)) found.set(line, phrase.text);
  return found;
}
