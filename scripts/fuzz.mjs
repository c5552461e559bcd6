// Builds and runs the fuzzer: npm run fuzz -- --minutes 10, or --shapes 2 for the hostile shapes in 2 MB each.
import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

await build({
  entryPoints: { run: "test/fuzz/run.ts", child: "test/adversarial/child.ts" },
  outdir: "dist/fuzz",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  plugins: [esbuildKnowledge],
  logLevel: "error",
});
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", "dist/fuzz/run.cjs", "dist/fuzz/child.cjs", ...process.argv.slice(2)],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
