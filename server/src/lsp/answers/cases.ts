import {
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  type Location,
  type Range,
} from "vscode-languageserver";
import { type CaseText, caseText } from "../../features/hypotheses/caseText";
import type { Judgement } from "../../notes/judge";
import { Positions } from "../../read/positions";
import { locationOf } from "../convert";
import type { Answer, Desk } from "../desk";
import { caseUri } from "../options";

/** A hypothesis as the client shows it: a document of its own. */
interface Case {
  readonly text: string;
  /** Stretches of the text and what they lead to: places in the open documents, other cases. */
  readonly links: readonly { readonly range: Range; readonly target: Location }[];
  /** Where in the text commands stand, to be copied. */
  readonly commands: readonly { readonly range: Range; readonly run: string }[];
  /** All places that speak for it. */
  readonly evidence: readonly Location[];
  /** The note's own file; null where the client named no folder, or nothing speaks for the note. */
  readonly note: string | null;
}

/** Questions of the client about hypotheses, and word when they change. */
export const casesAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    const { connection, judgements } = desk;
    connection.onRequest(
      "backtraceReader/case",
      desk.judgedAll("case", null, (judgement, { note }: { readonly note: string }) =>
        toCase(desk, caseText(judgement, note)),
      ),
    );
    let shown = "";
    judgements.onChange((judgement) => {
      if (desk.options.showsCases) void connection.sendNotification(HYPOTHESES_CHANGED);
      // A change of one text can be news for the others.
      const now = traces(judgement);
      if (now !== shown) redraw(desk);
      shown = now;
    });
    connection.onShutdown(() => judgements.dispose());
  },
};

/** The text has changed; what followed from it may be something else now. */
const HYPOTHESES_CHANGED = "backtraceReader/hypothesesChanged";

/** Has the editor ask again for what it draws in the texts. */
function redraw({ client: { workspace }, connection }: Desk): void {
  const types = [
    workspace?.codeLens?.refreshSupport && CodeLensRefreshRequest.type,
    workspace?.diagnostics?.refreshSupport && DiagnosticRefreshRequest.type,
  ].filter((type) => type !== undefined && type !== false);
  // An editor that is just closing does not answer any more.
  for (const type of types) connection.sendRequest(type).catch(() => undefined);
}

/** What the texts show of a judgement. */
const traces = ({ hypotheses }: Judgement): string =>
  JSON.stringify(
    hypotheses.map(({ note, title, confidence, evidence }) => [
      note.id,
      title,
      confidence,
      evidence.map(({ source, span }) => [source.path, span.from, span.to]),
    ]),
  );

function toCase(desk: Desk, { text, links, hypothesis }: CaseText): Case {
  const positions = new Positions(text);
  const placed = links.map(({ span, target }) => ({ range: positions.range(span), target }));
  return {
    text,
    links: placed.flatMap(({ range, target }) => {
      if (target.kind === "command") return [];
      const to = target.kind === "case" ? topOf(caseUri(target.note)) : locationOf(target.evidence);
      return [{ range, target: to }];
    }),
    commands: placed.flatMap(({ range, target }) =>
      target.kind === "command" ? [{ range, run: target.run }] : [],
    ),
    evidence: hypothesis?.evidence.map(locationOf) ?? [],
    note: hypothesis && desk.noteUri(hypothesis.note.id),
  };
}

/** The beginning of a document. */
export function topOf(uri: string): Location {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start } };
}
