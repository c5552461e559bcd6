// Which commands a person is offered: the command palette in VS Code's own window, read from the page.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import path from "node:path";
import { workbenchAddress } from "../../scripts/host/address.mjs";
import { openPage } from "../../scripts/host/browser.mjs";
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
      offered.filter((label) => label.includes("gdb") || /Capture/.test(label)),
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

async function offeredCommands(settings) {
  const page = await openPage({ viewport: { width: 1280, height: 1600 } });
  page.setDefaultTimeout(60_000);
  const server = await startServer(settings);
  await page.goto(workbenchAddress(server, { extension: root, folder, file }));
  // The lens tells that the extension has started.
  await page.locator(".codelens-decoration").getByText("share this stack").first().waitFor();
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
