import { readFileSync } from "node:fs";

/** What package.json says about the language, as far as the grammar tests read it. */
export interface Contributes {
  readonly languages: readonly [Language, ScriptLanguage];
  readonly grammars: readonly { language?: string; scopeName: string; path: string }[];
  readonly semanticTokenTypes: readonly { id: string; superType: string; description: string }[];
  readonly semanticTokenModifiers: readonly { id: string; description: string }[];
  readonly semanticTokenScopes: readonly TokenScopes[];
  readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Language {
  readonly id: string;
  readonly configuration: string;
  readonly filenames: readonly string[];
  readonly extensions: readonly string[];
  readonly firstLine: string;
  readonly icon: { readonly light: string; readonly dark: string };
}

/** The language of gdb's command files. */
export type ScriptLanguage = Omit<Language, "icon">;

export interface TokenScopes {
  readonly language: string;
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

const root = new URL("../../", import.meta.url);

/** Reads a file of the project by its path from the root. */
export function projectFile(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

export const contributes: Contributes = JSON.parse(projectFile("package.json")).contributes;
