// Which commands a person is offered, and what one of them asks: VS Code's own window, read from the page.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { workbenchAddress } from "../../scripts/host/address.mjs";
import { openPage } from "../../scripts/host/browser.mjs";
import { needDebugger } from "../../scripts/host/debian.mjs";
import { endAll } from "../../scripts/host/ending.mjs";
import { root } from "../../scripts/host/install.mjs";
import { startServer } from "../../scripts/host/server.mjs";

const folder = path.join(root, "examples");
const file = path.join(folder, "backtraces.save:36");
const { publisher, name } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** The commands that start a gdb. */
const GDB = [
  "Backtrace: Append gdb's Answer",
  "Backtrace: Capture Backtraces…",
  "Backtrace: Choose Process or Core for gdb…",
  "Backtrace: Run Next Command in gdb",
];

suite("a person who opens the command palette", () => {
  teardown(endAll);

  test("finds the commands about gdb where it can be run, in a window in a browser too", async () => {
    const offered = await offeredCommands({});
    assert.deepEqual(
      offered.filter((label) => /gdb|Capture/.test(label) && !label.includes("Copy")),
      GDB,
    );
  });

  test("does not find them where the extension itself runs in the browser", async () => {
    const offered = await offeredCommands({
      "remote.extensionKind": { [`${publisher}.${name}`]: ["web"] },
    });
    assert.ok(offered.includes("Backtrace: Go to Next Process"), offered.join("\n"));
    assert.deepEqual(
      offered.filter((label) => GDB.includes(label)),
      [],
    );
  });
});

suite("a person who captures a backtrace", () => {
  let sleeper;

  suiteSetup(() => {
    needDebugger();
    sleeper = spawn("sleep", ["1000"]);
  });

  suiteTeardown(async () => {
    sleeper.kill();
    await endAll();
  });

  test("chooses a running process and how much of it, and sees its stack", async () => {
    const page = await openExample({});
    await choose(page, "Backtrace: Capture", "Backtrace: Capture Backtraces…");
    await choose(page, "", "Running process…");
    const input = page.locator(".quick-input-widget input[type=text]");
    await input.pressSequentially(String(sleeper.pid));
    const row = page.locator(".quick-input-list .monaco-list-row");
    await row.filter({ hasText: "sleep 1000" }).locator(".monaco-checkbox").first().click();
    await page.locator(".quick-input-widget").getByText("OK", { exact: true }).click();
    await choose(page, "", "Stacks with local variables");
    await page.getByRole("tab", { name: /^backtraces\.save/ }).waitFor();
    await page.locator(".view-line").getByText(`=== pid ${sleeper.pid} ===`).waitFor();
    await page.locator(".view-line").getByText("nanosleep").first().waitFor();
  });
});

/** Takes an entry of the list that is open, or of the command palette where words are typed. */
async function choose(page, words, entry) {
  if (words !== "") {
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").first().pressSequentially(words);
  }
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: entry }).first().click();
}

async function offeredCommands(settings) {
  const page = await openExample(settings);
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().pressSequentially("Backtrace: ");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Go to Next Process" }).waitFor();
  const labels = await rows.locator(".label-name").allInnerTexts();
  return labels
    .map((label) => label.replaceAll("\u00a0", " "))
    .filter((label) => label.startsWith("Backtrace: "))
    .sort();
}

/** The window with the example, once the extension has started. */
async function openExample(settings) {
  const page = await openPage({ viewport: { width: 1280, height: 1600 } });
  page.setDefaultTimeout(60_000);
  const server = await startServer(settings);
  await page.goto(workbenchAddress(server, { extension: root, folder, file }));
  // The lens tells that the extension has started.
  await page.locator(".codelens-decoration").getByText("share this stack").first().waitFor();
  return page;
}
