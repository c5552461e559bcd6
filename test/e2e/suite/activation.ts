import { outlineOf } from "./ask";
import { extension, openBacktraces } from "./editor";
import { expectText } from "./expect";

suite("opening a file of saved backtraces", () => {
  test("is enough for VS Code to know the language", async () => {
    expectText((await openBacktraces()).languageId, "backtrace");
  });

  test("is enough to start the extension, and the server, which answers", async () => {
    const outline = await outlineOf(await openBacktraces());
    expectText(outline.slice(0, 11), "process 311");
    expectText(String(extension().isActive), "true");
  });
});
