import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { esbuildKnowledge } from "../../../scripts/knowledge.mjs";

/** The server as it is shipped, in a folder of its own. */
export async function bundleServer(): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
  const file = path.join(folder, "server.js");
  await build({
    entryPoints: ["server/src/server.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20",
    plugins: [esbuildKnowledge],
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
