import {
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
} from "vscode-languageserver";
import { type Fold, foldSteps } from "../../features/folding";
import { Pace } from "../../find/pace";
import type { Steps } from "../../read/steps";
import { placedRange } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

/** What VS Code keeps at most, where an editor names no limit of its own. */
const MOST_FOLDS = 65_000;

export const foldingAnswer: Answer = {
  capabilities: { foldingRangeProvider: true },
  listen(desk) {
    desk.connection.onFoldingRanges(
      desk.aboutInSlices("foldingRange", [], function* (open, _: FoldingRangeParams) {
        const limit = desk.client.textDocument?.foldingRange?.rangeLimit ?? MOST_FOLDS;
        const ranges = yield* foldingRanges(open, yield* foldSteps(open.reading));
        return ranges.slice(0, limit);
      }),
    );
  },
};

/** An editor folds one region a line: of those that start on the same line, the outermost, which comes first, stays. */
function* foldingRanges(open: OpenDocument, all: readonly Fold[]): Steps<FoldingRange[]> {
  const byLine = new Map<number, FoldingRange>();
  const pace = new Pace();
  for (const fold of all) {
    if (pace.isDone()) yield;
    const { start, end } = placedRange(open, fold.span);
    if (end.line === start.line || byLine.has(start.line)) continue;
    const kind = fold.kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region;
    byLine.set(start.line, { startLine: start.line, endLine: end.line, kind });
  }
  return [...byLine.values()];
}
