import type { Reading } from "../read/model";
import type { Characters } from "../read/piecedText";
import { textOf } from "../read/renewal";

/** The document as it stands, damage included, for those who look at a piece of it. */
export const documentText = (reading: Reading): Characters =>
  reading.clean.mapping === null ? textOf(reading) : reading.text;
