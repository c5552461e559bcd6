import type { Frame } from "../read/frame";
import type { Span } from "../read/span";
import { type SourceLink, sourceLink } from "./links";

/** The source line behind a frame's function or place, with the part that was pointed at; null elsewhere. */
export function definition(frame: Frame, offset: number): SourceLink | null {
  const link = sourceLink(frame);
  if (link === null) return null;
  const touched = [frame.part("function"), link.span].find((span) => span && touches(span, offset));
  return touched ? { ...link, span: touched } : null;
}

/** The place behind the last character counts too: there the cursor stands after a double click. */
const touches = (span: Span, offset: number): boolean => span.from <= offset && offset <= span.to;
