import type * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type DocumentLink,
  DocumentLinkRequest,
} from "vscode-languageclient";
import { ask } from "../ask";
import type { SourceLine } from "../protocol";

/** What a document link of the server leads to, which it carries as data until somebody follows it. */
export function wantedBy(link: object): SourceLine | undefined {
  const data = "data" in link ? link.data : undefined;
  const { file, line } = (data ?? {}) as Partial<Record<keyof SourceLine, unknown>>;
  return typeof file === "string" && typeof line === "number" ? { file, line } : undefined;
}

/** The source line that is named at the cursor or, failing that, on its line. */
export async function wantedAt(
  client: BaseLanguageClient,
  { document, selection: { active } }: vscode.TextEditor,
): Promise<SourceLine | undefined> {
  const textDocument = { uri: document.uri.toString() };
  const links = (await ask(client, DocumentLinkRequest.type, { textDocument })) ?? [];
  const rangeOf = ({ range }: DocumentLink) => client.protocol2CodeConverter.asRange(range);
  const line = document.lineAt(active).range;
  const link =
    links.find((link) => rangeOf(link).contains(active)) ??
    links.find((link) => rangeOf(link).intersection(line) !== undefined);
  return link && wantedBy(link);
}
