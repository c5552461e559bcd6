import { knowledge, type ReportKind } from "./data";

/** A pattern of knowledge/kernel/reports.json: what the headline begins with, and what follows in this order. */
interface Pattern {
  readonly head: string;
  readonly rest: readonly string[];
  readonly kind: ReportKind;
}

/** Patterns by the code of their first letter, so that an ordinary line costs one look. */
const byFirstLetter: Pattern[][] = [];
for (const kind of knowledge.reports) for (const pattern of kind.patterns) add(pattern, kind);

function add(pattern: string, kind: ReportKind): void {
  const [head = "", ...rest] = pattern.split("*");
  const compiled = { head, rest: rest.filter((piece) => piece !== ""), kind };
  const code = head.charCodeAt(0);
  byFirstLetter[code] = [...(byFirstLetter[code] ?? []), compiled];
}

/** The kind of report whose headline stands at `from`, or null. */
export function headlineAt(
  text: string,
  from: number,
  to: number,
  isStamped: boolean,
): ReportKind | null {
  const candidates = byFirstLetter[text.charCodeAt(from)];
  if (candidates === undefined) return null;
  for (const pattern of candidates) {
    if (pattern.kind.stamped && !isStamped) continue;
    if (text.startsWith(pattern.head, from) && hasRest(text, pattern, from, to))
      return pattern.kind;
  }
  return null;
}

function hasRest(text: string, { head, rest }: Pattern, from: number, to: number): boolean {
  if (rest.length === 0) return from + head.length <= to;
  const line = text.slice(from + head.length, to);
  let at = 0;
  for (const piece of rest) {
    const found = line.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

/** Kinds whose headline begins with a name: they are found by a phrase inside the line. */
export const phraseKinds: readonly ReportKind[] = knowledge.reports.filter(
  (kind) => kind.phrase !== undefined,
);

const NUMBERS = new Set(
  "cpu pid seconds line size oops order oomScoreAdj bank irq count".split(" "),
);
const compiledReads = new Map<ReportKind, readonly RegExp[]>();

/** The kind of report that the phrase tells, if the whole line bears it out. */
export function phraseKindOf(phrase: string, line: string): ReportKind | null {
  const kind = phraseKinds.find((candidate) => candidate.phrase === phrase);
  return kind !== undefined && readsOf(kind)[0]?.test(line) === true ? kind : null;
}

/** What the headline itself says, as fields. */
export function readHeadline(kind: ReportKind, headline: string): Record<string, string | number> {
  const fields: Record<string, string | number> = {};
  for (const pattern of readsOf(kind)) {
    const groups = pattern.exec(headline)?.groups;
    for (const [name, value] of Object.entries(groups ?? {})) {
      if (value === undefined || name in fields) continue;
      fields[name] = NUMBERS.has(name) ? Number(value) : value;
    }
  }
  return fields;
}

function readsOf(kind: ReportKind): readonly RegExp[] {
  const known = compiledReads.get(kind);
  if (known) return known;
  const patterns = (kind.reads ?? []).map((source) => new RegExp(source));
  compiledReads.set(kind, patterns);
  return patterns;
}
