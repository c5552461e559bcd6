import * as vscode from "vscode";
import { eventually } from "./expect";

// What the editor gets from every provider of a document, as text a test can be compared with.

/** The outline, indented by depth. */
export async function outlineOf(document: vscode.TextDocument): Promise<string> {
  const symbols = await provided<vscode.DocumentSymbol>("DocumentSymbol", document.uri);
  return outlineText(symbols).join("\n");
}

function outlineText(symbols: readonly vscode.DocumentSymbol[], depth = 0): string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${"  ".repeat(depth)}${name} ${detail}`.trimEnd(),
    ...outlineText(children, depth + 1),
  ]);
}

/** The Markdown of the card over the first place where `words` stand. */
export async function hoverOver(document: vscode.TextDocument, words: string): Promise<string> {
  const place = document.positionAt(offsetOf(document, words));
  const hovers = await provided<vscode.Hover>("Hover", document.uri, place);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

/** The first lines of all regions that fold, each with the number of lines it hides. */
export async function foldsOf(document: vscode.TextDocument): Promise<string[]> {
  const ranges = await provided<vscode.FoldingRange>("FoldingRange", document.uri);
  return ranges.map(({ start, end }) => `${document.lineAt(start).text} (+${end - start})`);
}

/** The titles of all lenses, each with the line it stands over. */
export async function lensesOf(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await provided<vscode.CodeLens>("CodeLens", document.uri, 1_000);
  return lenses.map(
    ({ range, command }) => `${document.lineAt(range.start).text}: ${command?.title}`,
  );
}

/** The lines in the same document that Go to Definition leads to from the first place where `words` stand. */
export async function definitionsOf(
  document: vscode.TextDocument,
  words: string,
): Promise<string[]> {
  const place = document.positionAt(offsetOf(document, words));
  const links = await provided<vscode.LocationLink | vscode.Location>(
    "Definition",
    document.uri,
    place,
  );
  return links.map((link) => {
    const range = "targetRange" in link ? link.targetRange : link.range;
    return document.lineAt(range.start).text;
  });
}

/** Asks until some provider answers; VS Code does not ask again once a server has started. */
function provided<T>(kind: string, uri: vscode.Uri, ...more: unknown[]): Promise<T[]> {
  const command = `vscode.execute${kind}Provider`;
  return eventually(
    async () =>
      (await vscode.commands.executeCommand<T[] | undefined>(command, uri, ...more)) ?? [],
    (answers) => answers.length > 0,
  );
}

function offsetOf(document: vscode.TextDocument, words: string): number {
  const offset = document.getText().indexOf(words);
  if (offset < 0) throw new Error(`"${words}" does not stand in the document.`);
  return offset;
}
