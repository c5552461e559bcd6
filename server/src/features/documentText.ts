import type { Reading } from "../read/model";
import type { Characters } from "../read/piecedText";
import { renewalOf } from "../read/renewal";

/** The document as it stands, damage included, for those who look at a piece of it. */
export const documentText = (reading: Reading): Characters =>
  renewalOf(reading)?.original ?? reading.text;
