import type { Plugin } from "esbuild";

/** The files of knowledge/NAME, parsed. */
export declare function loadKnowledge(name: string): unknown[];
/** Serves "knowledge:NAME" to esbuild. */
export declare const esbuildKnowledge: Plugin;
/** Serves "knowledge:NAME" to vite, and so to vitest. */
export declare const viteKnowledge: {
  readonly name: string;
  resolveId(id: string): string | undefined;
  load(id: string): Promise<string> | undefined;
};
