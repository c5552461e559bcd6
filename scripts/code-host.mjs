#!/usr/bin/env node
// Runs a suite inside a real VS Code, taking the arguments that @vscode/test-electron gives the desktop program:
//   code-host.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--extensionDevelopmentKind=web] [FOLDER]
// With --restricted-mode, the folder is not trusted, and whoever is asked says so.
// It ends with the suite's exit code, with 1 when something is missing and with 124 when the suite does not end.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { workbenchAddress } from "./host/address.mjs";
import { openPage } from "./host/browser.mjs";
import { suiteConsole } from "./host/console.mjs";
import { endAll } from "./host/ending.mjs";
import { startServer } from "./host/server.mjs";
import { report } from "./host/unavailable.mjs";

const patience = Number(process.env.CODE_HOST_TIMEOUT_MS ?? 600_000);

// The desktop program knows many more arguments than the few that matter here.
const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
const extension = path.resolve(values.extensionDevelopmentPath);
const suite = path.resolve(values.extensionTestsPath);
const folder = positionals[0] && path.resolve(positionals[0]);

const code = await runSuite().catch(report);
await endAll();
process.exit(code);

async function runSuite() {
  const isRestricted = Boolean(values["restricted-mode"]);
  const server = await startServer(hostSettings(), { asksForTrust: isRestricted });
  const page = await openPage();
  if (isRestricted) await distrust(page);
  const { log, complain } = suiteConsole(Boolean(process.env.CODE_HOST_VERBOSE));
  const exit = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", log);
  await page.goto(workbenchAddress(server, { extension, folder, suite }), { timeout: patience });
  const ended = Promise.race([server.lost, new Promise((resolve) => page.once("crash", resolve))]);
  const [code, problem] = await Promise.race([
    exit.then((code) => [code]),
    ended.then(() => [1, "VS Code ended before the suite did."]),
    wait(patience, [124, `The suite did not end within ${patience / 1000} seconds.`]),
  ]);
  if (code !== 0) complain();
  if (problem) console.error(problem);
  return code;
}

// VS Code 1.139 ignores the kind in the page's address; the setting that users have for it does move the extension.
function hostSettings() {
  if (values.extensionDevelopmentKind !== "web") return {};
  const { publisher, name } = JSON.parse(
    readFileSync(path.join(extension, "package.json"), "utf8"),
  );
  return { "remote.extensionKind": { [`${publisher}.${name}`]: ["web"] } };
}

/** Answers the question that VS Code asks about a folder that it sees for the first time. */
function distrust(page) {
  const no = page.getByRole("button", { name: /^No,? I don't trust/i });
  return page.addLocatorHandler(no, () => no.click());
}
