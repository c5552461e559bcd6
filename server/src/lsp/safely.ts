import type { RemoteConsole } from "vscode-languageserver";
import { reportCode } from "../words/reportCode";

/**
 * Does `work`, and where that fails gives `fallback` instead, so that one bad answer never costs the editor the others.
 * The log gets one line whose code is the same for the same failure, without a word of the document.
 */
export function safely<T>(
  console: Pick<RemoteConsole, "error">,
  name: string,
  fallback: T,
  work: () => T,
): T {
  try {
    return work();
  } catch (error) {
    failuresTo(console)(name, error);
    return fallback;
  }
}

/** Puts a failure down as one line of the log. */
export const failuresTo =
  (console: Pick<RemoteConsole, "error">) =>
  (name: string, error: unknown): void =>
    console.error(`${name} gave no answer (report code ${reportCode(error)}).`);
