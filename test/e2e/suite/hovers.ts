import { hoverOver } from "./ask";
import { openBacktraces } from "./editor";
import { expectText } from "./expect";

suite("a person who points at a frame", () => {
  test("reads what its function does", async () => {
    expectText(
      await titleOver("apc_cache_find_slot"),
      "**`apc_cache_find_slot`** · working with a lock",
    );
  });

  test("reads about a value on a later line of the wrapped frame", async () => {
    expectText(await titleOver("identifier_len"), "**`identifier_len = 25`**");
  });
});

async function titleOver(words: string): Promise<string> {
  const card = await hoverOver(await openBacktraces(), words);
  return card.split("\n")[0] ?? "";
}
