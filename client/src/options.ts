import type { LanguageClientOptions } from "vscode-languageclient";

/** The same for the desktop and the web: which documents go to the server, and what a hover may run (nothing). */
export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: [{ language: "backtrace" }],
    markdown: { isTrusted: false, supportHtml: false },
  };
}
