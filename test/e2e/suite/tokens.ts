import * as vscode from "vscode";
import { eventually } from "./expect";

/** The semantic tokens of the first line that begins with `start`: each piece of text with its type and modifiers. */
export async function tokensOf(document: vscode.TextDocument, start: string): Promise<string> {
  const { uri } = document;
  const wanted = document
    .getText()
    .split(/\r?\n/)
    .findIndex((text) => text.startsWith(start));
  const ask = <T>(kind: string) =>
    eventually(
      async () => vscode.commands.executeCommand<T | undefined>(`vscode.provide${kind}`, uri),
      (answer) => answer !== undefined,
    );
  const legend = await ask<vscode.SemanticTokensLegend>("DocumentSemanticTokensLegend");
  const tokens = await ask<vscode.SemanticTokens>("DocumentSemanticTokens");
  return decode(document, legend!, tokens!)
    .filter(({ line }) => line === wanted)
    .map(({ text }) => text)
    .join("\n");
}

/** Five numbers a token: line and column relative to the one before, length, type, bits of the modifiers. */
function decode(
  document: vscode.TextDocument,
  legend: vscode.SemanticTokensLegend,
  { data }: vscode.SemanticTokens,
) {
  const tokens: { line: number; text: string }[] = [];
  let line = 0;
  let column = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    line += down;
    column = down > 0 ? right : column + right;
    const modifiers = legend.tokenModifiers.filter((_, bit) => bits & (1 << bit));
    const piece = document.lineAt(line).text.slice(column, column + length);
    tokens.push({ line, text: `${piece}: ${[legend.tokenTypes[type], ...modifiers].join(" ")}` });
  }
  return tokens;
}
