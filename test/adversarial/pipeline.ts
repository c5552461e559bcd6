import { caseText } from "../../server/src/features/hypotheses/caseText";
import type { NamedReading } from "../../server/src/find/finding";
import { countedGroup, groupStacks, type StackGroup } from "../../server/src/find/groups";
import { type Judgement, judge } from "../../server/src/notes/judge";
import type { Note } from "../../server/src/notes/note";
import { read } from "../../server/src/read/read";
import { frameLine } from "../../server/src/show/frameLine";
import { countedJson, countedText } from "../../server/src/show/groupText";
import { hypothesesText } from "../../server/src/show/hypothesesText";
import { nextText } from "../../server/src/show/nextText";
import { PLAIN } from "../../server/src/show/paint";
import type { Report } from "../../server/src/show/report";
import { reportText } from "../../server/src/show/reportText";
import { toFinding, toHypothesis } from "../../server/src/show/toReport";
import { toSource } from "../../server/src/show/toSource";
import { gdbScript, shellScript } from "../../server/src/suggest/script";
import { type Suggestion, suggest } from "../../server/src/suggest/suggest";
import { printableJson } from "../../server/src/words/printable";

/** Everything that the program says about some texts, apart from single places in them. */
export interface Outcome {
  readonly sources: readonly NamedReading[];
  readonly judgement: Judgement;
  readonly suggestions: readonly Suggestion[];
  readonly groups: readonly StackGroup[];
  readonly report: Report;
  /** What the command line prints, without colours. */
  readonly printed: readonly string[];
  /** Files to run. */
  readonly scripts: { readonly gdb: string; readonly shell: string };
  /** Every hypothesis as a document. */
  readonly cases: readonly string[];
}

/** All steps from texts to answers. They are looked at together, as documents that are open at the same time. */
export function wholePipeline(texts: readonly string[], notes?: readonly Note[]): Outcome {
  const sources = texts.map((text, i) => ({ path: `file:///logs/${i}.txt`, reading: read(text) }));
  const judgement = judge(sources, notes);
  const { findings, hypotheses } = judgement;
  const suggestions = suggest({ sources, findings }, hypotheses);
  const groups = groupStacks(sources.map(({ reading }) => reading));
  const counted = groups.map((group) => countedGroup(group, frameLine));
  return {
    sources,
    judgement,
    suggestions,
    groups,
    report: {
      version: 1,
      sources: sources.map(({ path, reading }) => toSource(path, reading)),
      findings: findings.map(toFinding),
      hypotheses: hypotheses.map(toHypothesis),
    },
    printed: [
      ...sources.map(({ path, reading }) => reportText(path, reading, PLAIN)),
      hypothesesText(hypotheses, PLAIN),
      nextText(suggestions, PLAIN),
      countedText(counted, 0, PLAIN),
      printableJson(JSON.stringify(counted.map(countedJson))),
    ],
    scripts: { gdb: gdbScript(suggestions), shell: shellScript(suggestions) },
    cases: hypotheses.map(({ note }) => caseText(judgement, note.id).text),
  };
}
