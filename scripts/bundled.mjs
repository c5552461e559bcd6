// Bundles programs into a folder of their own, which is gone afterwards, and runs the first of them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

/**
 * Runs the first of `entryPoints` (a name and a source each) as NAME.cjs, with the folder of all of them and `args` as its
 * arguments; returns its exit code.
 */
export async function runBundled(entryPoints, args, nodeArgs = []) {
  const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
  try {
    await build({
      entryPoints,
      outdir: folder,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      target: "node20",
      plugins: [esbuildKnowledge],
      logLevel: "error",
    });
    const main = path.join(folder, `${Object.keys(entryPoints)[0]}.cjs`);
    const run = [...nodeArgs, main, folder, ...args];
    return spawnSync(process.execPath, run, { stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
