import type { ExtraMachinery } from "../../frames/culprit";
import type { Reading } from "../../read/model";
import type { Span } from "../../read/span";
import { type FramePlace, frameAt, partAt } from "../locate";
import { cellHover } from "./cellHover";
import { commandHover } from "./commandHover";
import { entryHover } from "./entryHover";
import { addressCard, libraryCard, numberCard, sourceCard } from "./frameCards";
import { functionCard } from "./functionCard";
import { lineHover } from "./lineHover";
import { valueCard } from "./valueCard";

/** A card with the stretch of the clean text that it is about. */
export interface Hover {
  readonly span: Span;
  /** Every word of the document in it is code or escaped. */
  readonly markdown: string;
}

/** What is known of the place at a clean-text offset, or null. `zone` is of log times without one. */
export function hover(
  reading: Reading,
  offset: number,
  extraMachinery: ExtraMachinery = () => false,
  zone = "",
): Hover | null {
  const place = frameAt(reading, offset);
  if (place) return frameHover(reading, place, offset, extraMachinery);
  return (
    commandHover(reading, offset) ??
    cellHover(reading, offset) ??
    entryHover(reading, offset, zone) ??
    lineHover(reading, offset)
  );
}

function frameHover(
  reading: Reading,
  place: FramePlace,
  offset: number,
  extra: ExtraMachinery,
): Hover {
  const { part, value, span } = partAt(place.frame, offset);
  if (value) return valueCard(reading, place, value, offset);
  switch (part) {
    case "number":
      return { span: { from: span.from - 1, to: span.to }, markdown: numberCard(place) };
    case "address":
      return { span, markdown: addressCard(reading, place) };
    case "file":
    case "line":
      return { span, markdown: sourceCard(reading, place) };
    case "library":
      return { span, markdown: libraryCard(reading, place) };
    default:
      return { span, markdown: functionCard(reading, place, extra) };
  }
}
