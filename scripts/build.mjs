// Bundles the outputs into dist. --production minifies, and tells what others' packages are in them (sbom.mjs);
// --watch rebuilds on change; test suites for VS Code are built by scripts/e2e.mjs.
import { rmSync, writeFileSync } from "node:fs";
import { build, context } from "esbuild";
import { outputs } from "./outputs.mjs";
import { bundledPackages, notices, sbom } from "./sbom.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

rmSync("dist", { recursive: true, force: true });
if (watch) for (const options of outputs(production)) await (await context(options)).watch();
else await buildAll();

async function buildAll() {
  const results = await Promise.all(outputs(production).map(build));
  if (!production) return;
  const packages = bundledPackages(results.map(({ metafile }) => metafile));
  writeFileSync("dist/sbom.cdx.json", `${JSON.stringify(sbom(packages), null, 2)}\n`);
  writeFileSync("dist/ThirdPartyNotices.txt", notices(packages));
}
