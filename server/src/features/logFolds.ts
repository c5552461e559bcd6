import { Pace } from "../find/pace";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";

/** Fewer alike entries than this take no room worth folding. */
const SHORTEST_RUN = 3;

/** Between two entries of a run stand no more than line breaks. */
const WIDEST_GAP = 100;

/** Runs of entries of one kind with nothing between them. */
export function* runFoldSteps(reading: Reading): Steps<Span[]> {
  const { records, sections } = reading;
  const starts = new Set(sections.map(({ span }) => firstText(reading, span)));
  const runs: Run[] = [];
  let run: Run | undefined;
  const pace = new Pace();
  for (const { kind, span } of records) {
    if (pace.isDone()) yield;
    // A run that begins where the log does would compete with the log's own fold: it begins one entry later.
    if (starts.has(span.from)) continue;
    if (run?.kind === kind && goesOn(reading, run, span)) {
      run.to = span.to;
      run.count++;
    } else {
      run = { kind, from: span.from, to: span.to, count: 1 };
      runs.push(run);
    }
  }
  return runs.filter(({ count }) => count >= SHORTEST_RUN).map(({ from, to }) => ({ from, to }));
}

interface Run {
  readonly kind: string;
  readonly from: number;
  to: number;
  count: number;
}

/** A section begins with the line break behind the one before it. */
function firstText({ clean: { text } }: Reading, { from, to }: Span): number {
  let at = from;
  while (at < to && (text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13)) at++;
  return at;
}

/** Does an entry of the same kind stand right behind the others? */
function goesOn({ clean: { text } }: Reading, { kind, to }: Run, { from }: Span): boolean {
  const gap = from - to;
  if (kind === "other" || gap < 0 || gap > WIDEST_GAP) return false;
  return text.slice(to, from).trim() === "";
}
