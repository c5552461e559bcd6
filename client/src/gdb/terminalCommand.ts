import type { GdbRequest } from "./commandNames";
import { explain, whyNot } from "./permission";
import { questionOf, refusalOfAny } from "./question";
import type { Targets } from "./targets";
import type { Terminals } from "./terminals";

/** Types a command into the document's gdb. Answers the sentence that says why it did not. */
export const runInGdb =
  (targets: Targets, terminals: Terminals) =>
  async (request?: GdbRequest): Promise<string | undefined> => {
    const reason = whyNot();
    if (reason !== null) return explain(reason);
    const question = await questionOf(request, "terminal");
    if (!question) return undefined;
    const refused = refusalOfAny(question, "terminal");
    if (refused !== null) return explain(refused);
    const terminal = await terminals.ofDocument(question.document, targets);
    if (!terminal) return undefined;
    terminal.show(true);
    for (const command of question.commands) terminal.sendText(command.trim(), true);
    return undefined;
  };
