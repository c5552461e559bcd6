import { type LogOutputChannel, Uri } from "vscode";
import {
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
} from "vscode-languageclient";
import { READ_LANGUAGES } from "./documents";
import { noteFilters } from "./notes/selector";

/** The same for the desktop and the web: which documents go to the server, and what a hover may run (nothing). */
export function clientOptions(
  outputChannel: LogOutputChannel,
  middleware: Middleware,
  extension: Uri,
): LanguageClientOptions {
  return {
    // No scheme: files on disk, untitled, remote, virtual and older versions in git are all read.
    documentSelector: [
      ...READ_LANGUAGES.map((language) => ({ language })),
      ...noteFilters(extension),
    ],
    markdown: { isTrusted: false, supportHtml: false },
    initializationOptions: {
      showsCases: true,
      notesFolder: Uri.joinPath(extension, "knowledge/notes").toString(),
    },
    outputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware,
  };
}
