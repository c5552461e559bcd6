// What a person sees: the example in VS Code's own window, read from the page as drawn.
import assert from "node:assert";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { workbenchAddress } from "../../scripts/host/address.mjs";
import { openPage } from "../../scripts/host/browser.mjs";
import { endAll } from "../../scripts/host/ending.mjs";
import { root } from "../../scripts/host/install.mjs";
import { startServer } from "../../scripts/host/server.mjs";

const folder = path.join(root, "examples");
const file = path.join(folder, "backtraces.save");
const pictures = process.env.UPDATE_SCREENSHOT ? "docs/images" : ".vscode-test/screenshots";

suite("a person who opens examples/backtraces.save", () => {
  let page;

  suiteSetup(async () => {
    page = await openPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(workbenchAddress(await startServer(), { extension: root, folder, file }));
    await page.locator(".view-line").first().waitFor();
  });

  suiteTeardown(endAll);

  test("sees function, address and library in colours of their own", async () => {
    const colours = await Promise.all(
      ["pthread_mutex_lock", "0x00007f29a2e502e0", "/lib64/libpthread.so.0"].map((part) =>
        colourOf(page, part),
      ),
    );
    assert.equal(new Set(colours).size, 3, colours.join(" "));
  });

  test("can keep a picture of it", async () => {
    mkdirSync(path.join(root, pictures), { recursive: true });
    await page.screenshot({ path: path.join(root, pictures, "editor.png") });
  });
});

/** The colour in which a piece of the text is drawn. */
function colourOf(page, text) {
  const piece = page.locator(".view-line span span").getByText(text, { exact: true }).first();
  return piece.evaluate((element) => getComputedStyle(element).color);
}
