import { foundBy } from "../../../server/src/find/find";
import type { Finder, Finding, NamedReading, Values } from "../../../server/src/find/finding";
import { read } from "../../../server/src/read/read";
import { atOnce } from "../../../server/src/read/steps";

/** Texts read under the names `text1`, `text2`, ... */
export const named = (...texts: readonly string[]): NamedReading[] =>
  texts.map((text, i) => ({ path: `text${i + 1}`, reading: read(text) }));

/** What a finder finds in sources that are looked at together. */
export const foundIn = (finder: Finder, sources: readonly NamedReading[]): readonly Finding[] =>
  atOnce(foundBy(finder, sources));

/** The same in texts. */
export const found = (finder: Finder, ...texts: readonly string[]): readonly Finding[] =>
  foundIn(finder, named(...texts));

/** The named values of each finding. */
export const picked = (findings: readonly Finding[], ...names: readonly string[]): Values[] =>
  findings.map(({ values }) =>
    Object.fromEntries(
      names.map((name) => [name, values[name] === undefined ? "(missing)" : values[name]]),
    ),
  );

/** The lines that a finding points at. */
export const evidenceLines = (finding: Finding | undefined): string[] =>
  (finding?.evidence ?? []).map(({ source, span }) =>
    source.reading.clean.text.slice(span.from, span.to),
  );

/** Evidence whose span is empty, turned around, or beyond its text. */
export const badSpans = (findings: readonly Finding[]): unknown[] =>
  findings.flatMap(({ kind, evidence }) =>
    evidence
      .filter(({ source, span: { from, to } }) => {
        const { length } = source.reading.clean.text;
        return !(Number.isInteger(from) && from >= 0 && from < to && to <= length);
      })
      .map(({ span }) => ({ kind, span })),
  );
