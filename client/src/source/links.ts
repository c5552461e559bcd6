import * as vscode from "vscode";
import type { DocumentLinkMiddleware } from "vscode-languageclient";
import type { SourceFinder } from "./finder";
import { locate } from "./locate";
import { wantedBy } from "./wanted";

/** VS Code resolves a link when it is clicked: the moment to ask for a file that was not found. */
export const locateOnClick =
  (sources: SourceFinder): NonNullable<DocumentLinkMiddleware["resolveDocumentLink"]> =>
  async (link, token, next) => {
    const resolved = await next(link, token);
    const wanted = wantedBy(link);
    if (resolved?.target || !wanted) return resolved;
    const uri = await locate(sources, wanted.file);
    // Whoever closed the question needs no message that the target is missing.
    if (!uri) throw new vscode.CancellationError();
    link.target = uri.with({ fragment: `L${wanted.line}` });
    return link;
  };
