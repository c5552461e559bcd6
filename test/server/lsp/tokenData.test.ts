import fc from "fast-check";
import { expect, test } from "vitest";
import { SemanticTokensBuilder, type SemanticTokensDelta } from "vscode-languageserver";
import { AnsweredTokens, TokenData } from "../../../server/src/lsp/tokenData";

test("tokens are written as the protocol's own builder writes them", () => {
  const data = new TokenData();
  const builder = new SemanticTokensBuilder();
  for (const [line, character] of [
    [0, 2],
    [0, 9],
    [3, 1],
    [3, 4],
    [4, 0],
  ] as const) {
    data.push(line, character, 2, 1, 3);
    builder.push(line, character, 2, 1, 3);
  }
  expect([...data.finish()]).toEqual(builder.build().data);
});

const numbers = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, fc.constant(100_000)), { maxLength: 12 })
  .map((list) => Int32Array.from(list));

test("a difference makes the new tokens of the old ones", () => {
  fc.assert(
    fc.property(numbers, numbers, (before, after) => {
      const answered = new AnsweredTokens();
      const { resultId } = answered.whole("a", before);
      const { edits } = answered.difference("a", resultId ?? "", after) as SemanticTokensDelta;
      const data = [...before];
      for (const { start, deleteCount, data: put = [] } of edits)
        data.splice(start, deleteCount, ...put);
      expect(data).toEqual([...after]);
    }),
  );
});

test("where the last answer is not known, all tokens are given", () => {
  const answered = new AnsweredTokens();
  const data = Int32Array.of(1, 2, 3, 4, 5);
  const { resultId } = answered.whole("a", data);
  answered.forget("a");
  expect(answered.difference("a", resultId ?? "", data)).toMatchObject({ data: [1, 2, 3, 4, 5] });
});
