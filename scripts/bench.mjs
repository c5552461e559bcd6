// Builds and runs the benchmarks under test/bench and prints their table.
import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

await build({
  entryPoints: ["test/bench/bench.ts"],
  outfile: "dist/bench/bench.cjs",
  bundle: true,
  platform: "node",
  target: "node20",
  plugins: [esbuildKnowledge],
  logLevel: "error",
});
const { status } = spawnSync(
  process.execPath,
  ["--expose-gc", "dist/bench/bench.cjs", ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
