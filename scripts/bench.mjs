// Builds what is measured and the benchmarks under test/bench, and runs them: npm run bench -- --quick, --check, ...
import { runBundled } from "./bundled.mjs";

const programs = {
  bench: "test/bench/bench.ts",
  cli: "server/src/cli.ts",
  server: "server/src/server.ts",
};
process.exitCode = await runBundled(programs, process.argv.slice(2), ["--expose-gc"]);
