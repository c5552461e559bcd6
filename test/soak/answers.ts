import { ResponseError } from "vscode-jsonrpc";
import { LSPErrorCodes, type Position } from "vscode-languageserver";
import type { Editor } from "../server/protocol/editor";

/** What an editor asks about a text as a whole. The first waits until the typing has paused. */
const METHODS = [
  "diagnostic",
  "documentSymbol",
  "foldingRange",
  "codeLens",
  "semanticTokens/full",
  "documentLink",
];

/** All that a server says about its document, each answer under the question. */
export async function allAnswers(
  editor: Editor,
  places: readonly Position[],
): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const method of METHODS) answers.set(method, said(await editor.ask(method)));
  for (const position of places) {
    const question = `hover at ${position.line + 1}:${position.character + 1}`;
    answers.set(question, said(await editor.ask("hover", { position })));
  }
  const hypotheses = await editor.request("backtraceReader/hypotheses", {});
  answers.set("hypotheses", said(hypotheses));
  const stacks = await editor.request("backtraceReader/stacks", { stamp: null, path: [] });
  answers.set("stacks", said(stacks));
  return answers;
}

/** Names of answers differ from server to server. */
const said = (answer: unknown): string =>
  JSON.stringify(answer, (key, value) => (/^(?:resultId|stamp)$/.test(key) ? undefined : value));

/** The first question that two servers answer differently, and where their answers part; null where they agree. */
export function difference(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string | null {
  for (const [question, answer] of one) {
    const expected = other.get(question) ?? "";
    if (answer === expected) continue;
    let at = 0;
    while (answer[at] === expected[at]) at++;
    const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
    return `${question}: after the edits\n  ${around(answer)}\nafresh\n  ${around(expected)}`;
  }
  return null;
}

/** One of the questions that come while somebody types; the next key may come before its answer. */
export async function ask(
  editor: Editor,
  random: () => number,
  position: Position,
): Promise<unknown> {
  try {
    return await question(editor, random(), position);
  } catch (error) {
    if (error instanceof ResponseError && GIVEN_UP.includes(error.code)) return null;
    throw error;
  }
}

/** What a server says that was asked about a text which has changed, or whose question was taken back. */
const GIVEN_UP: readonly number[] = [
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ServerCancelled,
];

function question(editor: Editor, share: number, position: Position): Promise<unknown> {
  if (share < 0.55) return editor.ask("hover", { position });
  if (share < 0.8) return editor.ask("semanticTokens/range", { range: shownFrom(position) });
  if (share < 0.84) return editor.ask("documentSymbol");
  if (share < 0.88) return editor.ask("foldingRange");
  if (share < 0.91) return editor.ask("codeLens");
  if (share < 0.93) return editor.ask("diagnostic");
  if (share < 0.95) return editor.ask("documentHighlight", { position });
  if (share < 0.97) return editor.ask("completion", { position });
  return editor.askAndCancel("semanticTokens/full");
}

const shownFrom = ({ line }: Position) => ({
  start: { line, character: 0 },
  end: { line: line + 60, character: 0 },
});
