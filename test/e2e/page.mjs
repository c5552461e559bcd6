// What a person sees: the example in VS Code's own window, read from the page as it is drawn.
import assert from "node:assert";
import path from "node:path";
import { workbenchAddress } from "../../scripts/host/address.mjs";
import { openPage } from "../../scripts/host/browser.mjs";
import { endAll } from "../../scripts/host/ending.mjs";
import { root } from "../../scripts/host/install.mjs";
import { startServer } from "../../scripts/host/server.mjs";

const folder = path.join(root, "examples");
// At frame 3 of the second process, which waits for a lock.
const file = path.join(folder, "backtraces.save:36");
const pictures = process.env.UPDATE_SCREENSHOT ? "docs/images" : ".vscode-test/screenshots";
const picture = path.join(root, pictures, "editor.png");

suite("a person who opens examples/backtraces.save", () => {
  let page;

  suiteSetup(async () => {
    page = await openPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(workbenchAddress(await startServer(), { extension: root, folder, file }));
    await page.locator(".view-line").first().waitFor();
  });

  suiteTeardown(async () => {
    await page?.screenshot({ path: picture, animations: "disabled" });
    await endAll();
  });

  test("sees function, address and library in colours of their own", async () => {
    const parts = ["pthread_mutex_lock", "0x00002af1c3a182e0", "/lib64/libpthread.so.0"];
    const colours = await Promise.all(parts.map((part) => colourOf(drawn(page, part))));
    assert.equal(new Set(colours).size, 3, colours.join(" "));
  });

  test("reads above the stack how many processes share it", async () => {
    await page.locator(".codelens-decoration").getByText("share this stack").first().waitFor();
  });

  test("finds what could be the cause in a view of its own, with words for a screen reader", async () => {
    await page.getByRole("tab", { name: "Backtrace Reader" }).click();
    const cause = page.locator("[role=treeitem][aria-label*=' % sure, hang: ']").first();
    await cause.waitFor();
    await cause.locator(".monaco-tl-twistie").click();
    await page.locator("[role=treeitem][aria-label^='speaks for it: ']").first().waitFor();
    await page.getByRole("tab", { name: /^Explorer/ }).click();
  });

  test("finds the processes in the outline, and what each of them does", async () => {
    await page.getByRole("button", { name: "Explorer Section: examples" }).click();
    await page.getByRole("button", { name: "Outline Section" }).click();
    const entry = page.locator(".outline-pane [role=treeitem]").filter({ hasText: "process 311" });
    assert.match(await entry.innerText(), /waiting for a lock \(apc_pthreadmutex_lock\)/);
  });

  test("reads what a function does when the mouse rests on it", async () => {
    const card = await hoverOver(page, drawn(page, "apc_pthreadmutex_lock"));
    assert.match(card, /^apc_pthreadmutex_lock · waiting for a lock/m);
  });
});

/** A piece of the text as the editor draws it: a stretch of one colour. */
const drawn = (page, text) =>
  page.locator(".view-line span span").getByText(text, { exact: true }).first();

const colourOf = (piece) => piece.evaluate((element) => getComputedStyle(element).color);

/** The card that opens under the mouse. VS Code asks only when the mouse moves, so an early answer of nothing is asked again. */
async function hoverOver(page, piece) {
  const card = page.locator(".monaco-resizable-hover .monaco-hover-content");
  for (let tries = 0; tries < 20; tries++) {
    await page.mouse.move(5, 5);
    await piece.hover();
    if (
      await card.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    )
      break;
  }
  return card.innerText();
}
