import type { NamedReading } from "../../find/finding";
import type { Judgement } from "../../notes/judge";
import { type Focus, type Suggestion, suggest } from "../../suggest/suggest";
import { entryAt } from "../entries/entry";
import { processAt, threadAt } from "../locate";

/** What to type next about the thread, process or log entry at a clean-text offset; about everything where there is none. */
export function nextAt(judgement: Judgement, source: NamedReading, offset: number): Suggestion[] {
  return suggest(judgement, judgement.hypotheses, focusAt(source, offset));
}

function focusAt(source: NamedReading, offset: number): Focus | null {
  const { reading } = source;
  const place = threadAt(reading, offset);
  if (place) return { source, ...place };
  const record = entryAt(reading, offset);
  if (record) return { source, record };
  const process = processAt(reading, offset);
  return process && { source, process };
}
