import { Frame } from "../../../server/src/read/frame";
import type { Reading } from "../../../server/src/read/model";

/** All that a reading says, with the way back to the document, frames taken apart. */
export const said = ({ text: _, clean, ...rest }: Reading): string =>
  JSON.stringify({ clean: clean.text, mapping: clean.mapping, ...rest }, (_, value) =>
    value instanceof Frame ? frameSaid(value) : value,
  );

function frameSaid(frame: Frame) {
  const { kind, parts, localsSpan, number, locals } = frame;
  return {
    kind,
    parts,
    localsSpan,
    number,
    locals,
    function: frame.function,
    arguments: frame.arguments,
  };
}
