// End-to-end tests in a real VS Code: `npm run test:e2e`, or `npm run test:e2e -- web` for one of node, web, page.
// VSCODE_EXECUTABLE_PATH names a desktop VS Code to run the suites in instead of the embedded one.
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { root } from "./host/install.mjs";

const desktop = process.env.VSCODE_EXECUTABLE_PATH;
const codeHost = path.join(root, "scripts/code-host.mjs");

const stages = {
  node: () =>
    runSuites("node", { platform: "node", target: "node20", external: ["vscode", "mocha"] }),
  web: () =>
    runSuites("web", { platform: "browser", target: "es2022", external: ["vscode"] }, [
      "--extensionDevelopmentKind=web",
    ]),
};

process.chdir(root);
await import("./build.mjs");
const chosen = process.argv.slice(2);
let failed = false;
for (const [name, run] of Object.entries(stages)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n--- ${name} ---`);
  await run().catch((error) => {
    console.error(error.message);
    failed = true;
  });
}
process.exit(failed ? 1 : 0);

async function runSuites(name, options, launchArgs = []) {
  const suite = path.join(root, `.vscode-test/suites/${name}.js`);
  await build({
    entryPoints: [`test/e2e/suite/${name}.ts`],
    outfile: suite,
    bundle: true,
    format: "cjs",
    logLevel: "warning",
    ...options,
  });
  await runTests({
    vscodeExecutablePath: desktop ?? codeHost,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    launchArgs: [path.join(root, "test/e2e/workspace"), ...launchArgs],
  });
}
