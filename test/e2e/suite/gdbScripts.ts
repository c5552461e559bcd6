import { hoverOver } from "./ask";
import { expectText } from "./expect";
import { openText } from "./paste";

suite("a person with a file of gdb commands", () => {
  test("reads what a command does, and that a spelling is old", async () => {
    const script = await openText("gdb-script", "set pagination 0\nthread apply all bt full\n");
    const card = await hoverOver(script, "pagination");
    expectText(
      card.split(",")[0] ?? "",
      "**`set pagination 0`**: The old spelling of set pagination off",
    );
    expectText(
      await hoverOver(script, "bt full"),
      "**`bt full`**: Prints the stack with the local variables of each frame\\.",
    );
  });
});
