import type {
  ImplementationParams,
  Location,
  Position,
  ReferenceParams,
} from "vscode-languageserver";
import { claimAt } from "../../features/hypotheses/claim";
import type { Hypothesis } from "../../notes/hypothesis";
import { cleanOffsetAt, locationOf } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";
import { topOf } from "./cases";

/** From a place that speaks for something to all places that speak for the same, in all open documents. */
export const referencesAnswer: Answer = {
  capabilities: { referencesProvider: true },
  listen(desk) {
    desk.connection.onReferences(
      desk.about("references", null, (open, { position }: ReferenceParams): Location[] | null => {
        const best = hypothesesAt(desk, open, position)[0];
        return best ? best.evidence.map(locationOf) : null;
      }),
    );
  },
};

/** From a place that speaks for something to the notes that it was concluded by. */
export const implementationAnswer: Answer = {
  capabilities: { implementationProvider: true },
  listen(desk) {
    desk.connection.onImplementation(
      desk.about("implementation", null, (open, { position }: ImplementationParams) => {
        const uris = hypothesesAt(desk, open, position).map(({ note }) => desk.noteUri(note.id));
        return uris.filter((uri) => uri !== null).map(topOf);
      }),
    );
  },
};

function hypothesesAt(desk: Desk, open: OpenDocument, position: Position): readonly Hypothesis[] {
  return claimAt(desk.judgements.current(), open, cleanOffsetAt(open, position))?.hypotheses ?? [];
}
