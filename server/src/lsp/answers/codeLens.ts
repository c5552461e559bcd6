import type { CodeLens, CodeLensParams, Command, Location } from "vscode-languageserver";
import { type HypothesisLens, hypothesisLenses } from "../../features/hypotheses/lenses";
import { type Lens, lenses } from "../../features/lenses";
import { Pace } from "../../find/pace";
import { placedRange } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

/** A list of more places is of no use to anybody, and slow. */
const MOST_PLACES = 1000;

/** What a lens carries until it comes into view. */
interface LensData {
  readonly uri: string;
  readonly index: number;
  readonly title: string;
}

export const codeLensAnswer: Answer = {
  capabilities: { codeLensProvider: { resolveProvider: true } },
  listen(desk) {
    desk.connection.onCodeLens(
      desk.judgedInSlices("codeLens", [], function* (open, judgement, _: CodeLensParams) {
        const found: CodeLens[] = [];
        const pace = new Pace();
        for (const lens of yield* lenses.steps(open.reading)) {
          found.push(toCodeLens(open, lens, found.length));
          if (pace.isDone()) yield;
        }
        for (const lens of hypothesisLenses(judgement, open))
          found.push(toCaseLens(desk, open, lens));
        return found;
      }),
    );
    desk.connection.onCodeLensResolve((lens, token) =>
      desk.aboutText("codeLens/resolve", lens, uriOf, resolve)(lens, token),
    );
  },
};

function toCodeLens(open: OpenDocument, { span, title }: Lens, index: number): CodeLens {
  const data: LensData = { uri: open.document.uri, index, title };
  return { range: placedRange(open, { from: span.from, to: span.from }), data };
}

/** It leads to the hypothesis where the editor can show it. */
function toCaseLens(
  desk: Desk,
  open: OpenDocument,
  { span, title, note }: HypothesisLens,
): CodeLens {
  const command = desk.options.showsCases
    ? { title, command: "backtraceReader.openCase", arguments: [note] }
    : { title, command: "" };
  return { range: placedRange(open, { from: span.from, to: span.from }), command };
}

/** The places are looked up only now: a stack of a thousand processes would carry a thousand of them a thousand times. */
function resolve(open: OpenDocument, lens: CodeLens): CodeLens {
  const { index, title }: LensData = lens.data;
  const found = lenses(open.reading)[index];
  // The text may have changed since; the editor then asks for all lenses again.
  const stacks = found?.title === title ? found.stacks : null;
  const command = stacks ? showStacks(open, lens, title, stacks) : { title, command: "" };
  return { ...lens, command };
}

/** None of those that are complete. */
const uriOf = ({ data }: CodeLens): string => (data as LensData | undefined)?.uri ?? "";

function showStacks(
  open: OpenDocument,
  lens: CodeLens,
  title: string,
  stacks: NonNullable<Lens["stacks"]>,
): Command {
  const { uri } = open.document;
  const locations = stacks
    .slice(0, MOST_PLACES)
    .map((span): Location => ({ uri, range: placedRange(open, span) }));
  const command = "backtraceReader.showLocations";
  return { title, command, arguments: [uri, lens.range.start, locations] };
}
