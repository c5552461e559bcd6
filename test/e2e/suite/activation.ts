import { extension, openBacktraces } from "./editor";
import { eventually, expectText } from "./expect";

suite("opening a file of saved backtraces", () => {
  test("is enough for VS Code to know the language", async () => {
    expectText((await openBacktraces()).languageId, "backtrace");
  });

  test("is enough to start the extension and its server", async () => {
    await openBacktraces();
    await eventually(
      async () => extension().isActive,
      (active) => active,
    );
  });
});
