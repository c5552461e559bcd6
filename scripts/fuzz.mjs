// Builds and runs the fuzzer: npm run fuzz -- --minutes 10, or --shapes 2 for the hostile shapes in 2 MB each.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

// Not in dist: a build while it runs would take it away.
const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-fuzz-"));
await build({
  entryPoints: { run: "test/fuzz/run.ts", child: "test/adversarial/child.ts" },
  outdir: folder,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: true,
  plugins: [esbuildKnowledge],
  logLevel: "error",
});
const [run, child] = ["run.cjs", "child.cjs"].map((file) => path.join(folder, file));
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", run, child, ...process.argv.slice(2)],
  { stdio: "inherit" },
);
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
