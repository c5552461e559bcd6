import { expect, test } from "vitest";
import { safely } from "../../../server/src/lsp/safely";
import { reportCode } from "../../../server/src/words/reportCode";

/** A console that keeps its lines. */
function notebook() {
  const lines: string[] = [];
  return { lines, error: (line: string) => void lines.push(line) };
}

function fail(): never {
  throw new TypeError("the secret text of the document");
}

test("an answer goes through, and nothing is logged", () => {
  const console = notebook();
  expect(safely(console, "hover", null, () => "card")).toBe("card");
  expect(console.lines).toEqual([]);
});

test("a failure gives the fallback and one line with a code, without a word of the document", () => {
  const console = notebook();
  expect(safely(console, "hover", null, fail)).toBeNull();
  expect(console.lines).toHaveLength(1);
  expect(console.lines[0]).toMatch(
    /^hover gave no answer \(report code TypeError-[0-9a-f]{6}\)\.$/,
  );
});

test("the same failure has the same code, another one has another", () => {
  const codeOf = (work: () => unknown) => {
    try {
      return String(work());
    } catch (error) {
      return reportCode(error);
    }
  };
  const again = [1, 2].map(() => codeOf(fail));
  expect(again[0]).toBe(again[1]);
  expect(codeOf(() => JSON.parse("{"))).not.toBe(again[0]);
});

test("a promise that fails gives the fallback and the same line", async () => {
  const console = notebook();
  const work = async () => fail();
  expect(await safely(console, "definition", Promise.resolve(null), work)).toBeNull();
  expect(console.lines).toHaveLength(1);
  expect(console.lines[0]).toMatch(/^definition gave no answer \(report code TypeError-/);
});
