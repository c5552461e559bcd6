import { expect, test } from "vitest";
import { scriptFolds } from "../../../server/src/features/scriptFolds";
import { readGdbScript } from "../../../server/src/read/shell/wholeScript";
import { log } from "../fixture";

/** The first and last line of each block. */
function blocksOf(text: string): string[] {
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  return scriptFolds(readGdbScript(text)).map(({ from, to }) => `${lineAt(from)}-${lineAt(to)}`);
}

test("blocks fold and leave their end to be seen", () => {
  const script = log`
    define requests
      if $argc == 0
        set $i = 0
        while $i < 4
          set $i = $i + 1
        end
      else
        echo none\n
      end
    end
    document requests
    while they last
    end
    break main
    commands
      bt
    end
    python
    if True: print(1)
    end
    python print(2)
  `;
  expect(blocksOf(script)).toEqual(["1-9", "2-8", "4-5", "11-12", "15-16", "18-19"]);
});

test("a block without an end, and an end without a block, fold nothing", () => {
  expect(blocksOf("end\ndefine a\nbt\n")).toEqual([]);
  expect(blocksOf("end\n\nend\nif 1\n  bt\nend")).toEqual(["4-5"]);
});
