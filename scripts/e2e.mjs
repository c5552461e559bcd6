// End-to-end tests in a real VS Code: `npm run test:e2e`, or `npm run test:e2e -- web` for one of node, web, restricted,
// virtual, page.
// VSCODE_EXECUTABLE_PATH names a desktop VS Code to run the suites in instead of the embedded one, E2E_SUITE one file of
// test/e2e/suite to run alone: `E2E_SUITE=sources npm run test:e2e -- node`.
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import Mocha from "mocha";
import { root } from "./host/install.mjs";

const desktop = process.env.VSCODE_EXECUTABLE_PATH;
const codeHost = path.join(root, "scripts/code-host.mjs");

const node = { platform: "node", target: "node20", external: ["vscode", "mocha"] };
const web = { platform: "browser", target: "es2022", external: ["vscode"] };
const inBrowser = ["--extensionDevelopmentKind=web"];

const stages = {
  node: () => runSuites("node", node, []),
  web: () => runSuites("web", web, inBrowser),
  restricted: () => runSuite("node", "restricted", node, ["--restricted-mode"]),
  virtual: runVirtualSuite,
  page: runPageSuite,
};

/**
 * These ask what follows from all open texts: an editor of their own, because VS Code keeps a text that another suite
 * has opened for minutes.
 */
const ALONE = ["hypotheses", "notes"];

/** Puts one file of test/e2e/suite in the place of all suites. */
const onlySuite = (only) => ({
  name: "only suite",
  setup(build) {
    if (!only) return;
    const file = path.join(root, `test/e2e/suite/${only}.ts`);
    build.onResolve({ filter: /^\.\/suites$/ }, () => ({ path: file }));
    build.onResolve({ filter: /^\.\/(?:gdb(?:InBrowser)?|restart)$/ }, () => ({ path: file }));
  },
});

process.chdir(root);
await import("./build.mjs");
let failed = false;
for (const [name, run] of Object.entries(chosenStages())) {
  console.log(`\n--- ${name} ---`);
  await run().catch((error) => {
    console.error(error.message);
    failed = true;
  });
}
process.exit(failed ? 1 : 0);

function chosenStages() {
  const names = process.argv.slice(2);
  if (names.length > 0) return Object.fromEntries(names.map((name) => [name, stages[name]]));
  if (!desktop) return stages;
  console.log(
    "Running in a desktop VS Code: without the suites page and restricted, which drive the embedded one.",
  );
  const { page, restricted, ...inDesktop } = stages;
  return inDesktop;
}

async function runSuites(name, options, launchArgs) {
  const chosen = process.env.E2E_SUITE;
  for (const only of chosen ? [chosen] : [undefined, ...ALONE]) {
    await runSuite(name, only, options, launchArgs);
  }
}

/** All suites that go together, or one alone. */
async function runSuite(name, only, options, launchArgs, workspace = "workspace") {
  const suite = path.join(root, `.vscode-test/suites/${name}.js`);
  await build({
    entryPoints: [`test/e2e/suite/${name}.ts`],
    outfile: suite,
    bundle: true,
    format: "cjs",
    logLevel: "warning",
    plugins: [onlySuite(only)],
    ...options,
  });
  await runTests({
    vscodeExecutablePath: desktop ?? codeHost,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    launchArgs: [path.join(root, "test/e2e", workspace), ...launchArgs],
  });
}

// The suite itself provides the files of this workspace.
async function runVirtualSuite() {
  await runSuite("node", "virtual", node, [], "virtual.code-workspace");
  await runSuite("web", "virtual", web, inBrowser, "virtual.code-workspace");
}

// These run outside VS Code and look at its page as a person does.
async function runPageSuite() {
  const mocha = new Mocha({ ui: "tdd", reporter: "spec", timeout: 180_000 });
  for (const file of ["page", "palette"]) mocha.addFile(path.join(root, `test/e2e/${file}.mjs`));
  await mocha.loadFilesAsync();
  const failures = await new Promise((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
