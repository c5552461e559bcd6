import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import {
  type IGrammar,
  INITIAL,
  type IToken,
  parseRawGrammar,
  Registry,
  type StateStack,
} from "vscode-textmate";
import { contributes, projectFile } from "./manifest";

/** One coloured piece of a line: the text and its scopes, outermost first and without the language's suffix. */
export interface Piece {
  readonly text: string;
  readonly from: number;
  readonly scopes: readonly string[];
}

/** A line with its pieces. */
export interface Coloured {
  readonly line: string;
  readonly pieces: readonly Piece[];
}

async function startOniguruma(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
}

/** Loads a grammar, and what it includes, exactly as package.json declares them. */
async function loadGrammar(name: string): Promise<IGrammar> {
  const registry = new Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: async (scopeName) => {
      const path = contributes.grammars.find((g) => g.scopeName === scopeName)?.path;
      return path ? parseRawGrammar(projectFile(path), path) : null;
    },
  });
  const grammar = await registry.loadGrammar(name);
  if (!grammar) throw new Error(`package.json declares no grammar ${name}`);
  return grammar;
}

await startOniguruma();
const backtrace = await loadGrammar("source.backtrace");
const gdbScript = await loadGrammar("source.gdb-script");

const toPiece = (line: string, { startIndex, endIndex, scopes }: IToken): Piece => ({
  text: line.slice(startIndex, endIndex),
  from: startIndex,
  scopes: scopes.slice(1).map((scope) => scope.replace(/\.(?:backtrace|gdb-script)$/, "")),
});

/** Colours a backtrace as the editor does. */
export const colour = (text: string): Coloured[] => colourBy(backtrace, text);

/** Colours a file of gdb commands as the editor does, but for the Python in it. */
export const colourScript = (text: string): Coloured[] => colourBy(gdbScript, text);

/** Line after line, each starting where the one before left off. */
function colourBy(grammar: IGrammar, text: string): Coloured[] {
  let state: StateStack = INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return { line, pieces: tokens.map((token) => toPiece(line, token)) };
  });
}

/** The text of the first run of pieces that carries the scope, or undefined. */
export function textOf({ pieces }: Coloured, scope: string): string | undefined {
  const first = pieces.findIndex((piece) => piece.scopes.includes(scope));
  if (first < 0) return undefined;
  const rest = pieces.slice(first);
  const end = rest.findIndex((piece) => !piece.scopes.includes(scope));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map((piece) => piece.text)
    .join("");
}
