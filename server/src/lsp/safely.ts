import type { RemoteConsole } from "vscode-languageserver";
import { reportCode } from "../words/reportCode";

/**
 * Does `work`, at once or as a promise, and where that fails gives `fallback` instead, so that one bad answer never costs
 * the editor the others. The log gets one line whose code is the same for the same failure, without a word of the
 * document.
 */
export function safely<T>(
  console: Pick<RemoteConsole, "error">,
  name: string,
  fallback: T,
  work: () => T,
): T {
  const instead = (error: unknown): T => {
    failuresTo(console)(name, error);
    return fallback;
  };
  try {
    const answer = work();
    return answer instanceof Promise ? (answer.catch(instead) as T) : answer;
  } catch (error) {
    return instead(error);
  }
}

/** Puts a failure down as one line of the log. */
export const failuresTo =
  (console: Pick<RemoteConsole, "error">) =>
  (name: string, error: unknown): void =>
    console.error(`${name} gave no answer (report code ${reportCode(error)}).`);
