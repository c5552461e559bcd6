import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  InsertTextFormat,
} from "vscode-languageserver";
import { type Completion, completions } from "../../features/next/completion";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

export const completionAnswer: Answer = {
  capabilities: { completionProvider: { triggerCharacters: [" "] } },
  listen(desk) {
    desk.connection.onCompletion(
      desk.about<CompletionParams, CompletionItem[]>("completion", [], (open, { position }) => {
        const offset = cleanOffsetAt(open, position);
        const { judgements } = desk;
        return completions(judgements.last, open, offset).map((completion, i) =>
          toItem(open, completion, i),
        );
      }),
    );
  },
};

const KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  next: CompletionItemKind.Event,
  command: CompletionItemKind.Keyword,
  number: CompletionItemKind.Value,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  address: CompletionItemKind.Reference,
};

/** The order in which they were given is the order in which they are shown. */
function toItem(open: OpenDocument, completion: Completion, i: number): CompletionItem {
  const { text, kind, detail, more, span } = completion;
  return {
    label: text,
    kind: KINDS[kind],
    detail,
    sortText: String(i).padStart(5, "0"),
    filterText: text,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range: placedRange(open, span), newText: text },
    ...(more && { documentation: more }),
    ...(i === 0 && kind === "next" && { preselect: true }),
  };
}
