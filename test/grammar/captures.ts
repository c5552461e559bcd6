import { readdirSync } from "node:fs";
import { projectFile } from "./manifest";

const folder = new URL("../fixtures/gdb/", import.meta.url);

/** The gdb versions of which real sessions are kept. */
export const versions: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "src")
  .map((entry) => entry.name);

/** The sessions of one version, as paths below test/fixtures/gdb. */
export const sessionsOf = (version: string): string[] =>
  readdirSync(new URL(`${version}/`, folder)).map((name) => `${version}/${name}`);

/** The text of a real session. */
export const session = (path: string): string => projectFile(`test/fixtures/gdb/${path}`);
