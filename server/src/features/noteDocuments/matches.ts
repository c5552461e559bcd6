import type { Evidence, Finding, NamedReading } from "../../find/finding";
import { match } from "../../match/match";
import type { Note } from "../../notes/note";
import { plural } from "../../words/plural";

/** Where a note matches, the first place of each match, each once. */
export function matchedPlaces(
  note: Note,
  sources: readonly NamedReading[],
  findings: readonly Finding[],
): Evidence[] {
  const places = new Map<string, Evidence>();
  for (const { parts } of match(note.match, { sources, findings })) {
    const first = parts[0]?.evidence[0];
    if (first === undefined) continue;
    const key = `${first.source.path} ${first.span.from}`;
    if (!places.has(key)) places.set(key, first);
  }
  return [...places.values()];
}

/** What stands above a note. */
export const matchesTitle = (count: number): string =>
  count === 0
    ? "matches nothing in the open documents"
    : `matches ${plural(count, "place")} in open documents`;
