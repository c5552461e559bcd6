import type {
  ImplementationParams,
  Location,
  Position,
  ReferenceParams,
} from "vscode-languageserver";
import { claimAt } from "../../features/hypotheses/claim";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import { cleanOffsetAt, locationOf } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";
import { topOf } from "./cases";

/** From a place that speaks for something to all places that speak for the same, in all open documents. */
export const referencesAnswer: Answer = {
  capabilities: { referencesProvider: true },
  listen(desk) {
    desk.connection.onReferences(
      desk.explained<ReferenceParams, Location[] | null>(
        "references",
        null,
        (open, judgement, { position }) => {
          const best = hypothesesAt(judgement, open, position)[0];
          return best ? best.evidence.map(locationOf) : null;
        },
      ),
    );
  },
};

/** From a place that speaks for something to the notes that it was concluded by. */
export const implementationAnswer: Answer = {
  capabilities: { implementationProvider: true },
  listen(desk) {
    desk.connection.onImplementation(
      desk.explained<ImplementationParams, Location[] | null>(
        "implementation",
        null,
        (open, judgement, { position }) => {
          const hypotheses = hypothesesAt(judgement, open, position);
          const uris = hypotheses.map(({ note }) => desk.noteUri(note.id));
          return uris.filter((uri) => uri !== null).map(topOf);
        },
      ),
    );
  },
};

const hypothesesAt = (
  judgement: Judgement,
  open: OpenDocument,
  position: Position,
): readonly Hypothesis[] =>
  claimAt(judgement, open, cleanOffsetAt(open, position))?.hypotheses ?? [];
