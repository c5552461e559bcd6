// Builds the server and the soak under test/soak, and runs it: npm run soak -- --edits 2000 --size 10 --seed 1.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-soak-"));
try {
  await build({
    entryPoints: { soak: "test/soak/run.ts", server: "server/src/server.ts" },
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    plugins: [esbuildKnowledge],
    logLevel: "error",
  });
  const { status } = spawnSync(
    process.execPath,
    [path.join(folder, "soak.cjs"), path.join(folder, "server.cjs"), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
