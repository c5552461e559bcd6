import type { Connection } from "vscode-languageserver";
import type { DiagnosticsMode } from "../features/diagnostics";

/** What the user set under `backtraceReader`. */
export interface Settings {
  /** Functions never blamed, besides those that the knowledge base knows; `*` stands for any characters. */
  readonly machineryFrames: readonly string[];
  readonly diagnostics: DiagnosticsMode;
  readonly inlayHints: boolean;
  /** Of log times that have none: `Europe/Berlin`, `+01:00`, or empty. */
  readonly timeZone: string;
}

export const defaultSettings: Settings = {
  machineryFrames: [],
  diagnostics: "auto",
  inlayHints: false,
  timeZone: "",
};

/** Makes settings of what the editor sent; anything of the wrong type counts as not set. */
export function parseSettings(sent: unknown): Settings {
  const values: Record<string, unknown> = isRecord(sent) ? sent : {};
  const { diagnostics } = values;
  return {
    machineryFrames: strings(values.machineryFrames),
    diagnostics: diagnostics === "on" || diagnostics === "off" ? diagnostics : "auto",
    inlayHints: values.inlayHints === true,
    timeZone: typeof values.timeZone === "string" ? values.timeZone : "",
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** Asks the editor for the settings; an editor that cannot tell leaves the defaults. */
export async function fetchSettings(connection: Connection): Promise<Settings> {
  return parseSettings(await connection.workspace.getConfiguration("backtraceReader"));
}
