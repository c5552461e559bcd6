// Builds what is measured and the benchmarks under test/bench, and runs them: npm run bench -- --quick, --check, ...
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-bench-"));
try {
  await build({
    entryPoints: {
      bench: "test/bench/bench.ts",
      cli: "server/src/cli.ts",
      server: "server/src/server.ts",
    },
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
    ["--expose-gc", path.join(folder, "bench.cjs"), folder, ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
