import type { Position, Range, SelectionRange, SelectionRangeParams } from "vscode-languageserver";
import { documentText } from "../../features/documentText";
import { selection } from "../../features/selection";
import { cleanOffsetAt, placedRange, rangeOf } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

export const selectionAnswer: Answer = {
  capabilities: { selectionRangeProvider: true },
  listen(desk) {
    desk.connection.onSelectionRanges(
      desk.about("selectionRange", [], (open, { positions }: SelectionRangeParams) =>
        positions.map((position) => selectionRange(open, position)),
      ),
    );
  },
};

function selectionRange(open: OpenDocument, position: Position): SelectionRange {
  const { document, reading } = open;
  const spans = selection(reading, cleanOffsetAt(open, position));
  const outermost = rangeOf(document, { from: 0, to: documentText(reading).length });
  const ranges = [...spans.map((span) => placedRange(open, span)), outermost];
  const around = ranges.filter((range) => holds(range, position));
  return around.reduceRight<SelectionRange>((parent, range) => ({ range, parent }), {
    range: outermost,
  });
}

/** Dropped text (a quote mark) belongs to no part, and the cursor may stand in it. */
function holds({ start, end }: Range, position: Position): boolean {
  const isAfter = (one: Position, other: Position) =>
    one.line > other.line || (one.line === other.line && one.character > other.character);
  return !isAfter(start, position) && !isAfter(position, end);
}
