import type { Position } from "vscode-languageserver";
import { processAt } from "../../features/locate";
import { nextAt } from "../../features/next/nextAt";
import { judge } from "../../notes/judge";
import { captureLoop, gdbScript } from "../../suggest/script";
import type { Suggestion } from "../../suggest/suggest";
import { cleanOffsetAt } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";
import { failuresTo } from "../safely";

interface Question {
  readonly uri: string;
  readonly position: Position;
}

/** What to type next at a place of a document. */
interface NextCommands {
  readonly commands: readonly Omit<Suggestion, "evidence">[];
  /** A file for `gdb -x` that asks all that needs nothing put in; empty where there is nothing to ask. */
  readonly script: string;
  /** A shell loop that saves the stacks of all processes of this program; null where the program is not known. */
  readonly loop: string | null;
}

/** Questions of the client about the next commands. */
export const nextAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    desk.connection.onRequest(
      "backtraceReader/next",
      desk.judgedAll("next", null, (_, { uri, position }: Question): NextCommands | null => {
        const open = desk.documents.get(uri);
        return open ? nextCommands(desk, open, cleanOffsetAt(open, position)) : null;
      }),
    );
  },
};

/** Does the document show a part of a file? It is no evidence beside others, for the file may be among these. */
const isPart = ({ path }: OpenDocument): boolean => path.startsWith("backtrace-part:");

/** What the document says for itself. */
function alone({ judgements, connection }: Desk, source: OpenDocument, offset: number) {
  const judgement = judge([source], judgements.notes, failuresTo(connection.console));
  return { judgement, source, offset };
}

function nextCommands(desk: Desk, open: OpenDocument, offset: number): NextCommands {
  const asked = isPart(open) ? alone(desk, open, offset) : desk.judgements.asJudged(open, offset);
  const suggestions = asked ? nextAt(asked.judgement, asked.source, asked.offset) : [];
  const { reading } = open;
  const program = (processAt(reading, offset) ?? reading.processes[0])?.program ?? null;
  return {
    commands: suggestions.map(({ evidence: _, ...suggestion }) => suggestion),
    script: gdbScript(suggestions),
    loop: program === null ? null : captureLoop(program),
  };
}
