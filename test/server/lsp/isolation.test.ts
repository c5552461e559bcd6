import { afterEach, expect, test, vi } from "vitest";
import { read } from "../../../server/src/read/read";
import { Session } from "./session";

vi.mock("../../../server/src/read/read", async (original) => ({
  ...(await original<object>()),
  read: vi.fn(),
}));

afterEach(() => vi.resetAllMocks());

const position = { line: 0, character: 3 };
const range = { start: position, end: { line: 0, character: 9 } };

/** Every question about a document, and what an editor shows for nothing. */
const QUESTIONS: readonly (readonly [method: string, params: object, nothing: unknown])[] = [
  ["hover", { position }, null],
  ["semanticTokens/full", {}, { data: [] }],
  ["semanticTokens/range", { range }, { data: [] }],
  ["documentSymbol", {}, []],
  ["foldingRange", {}, []],
  ["selectionRange", { positions: [position] }, []],
  ["documentHighlight", { position }, []],
  ["codeLens", {}, []],
  ["prepareCallHierarchy", { position }, null],
  ["documentLink", {}, []],
  ["definition", { position }, null],
  ["formatting", { options: {} }, []],
  ["rangeFormatting", { range, options: {} }, []],
  ["codeAction", { range, context: { diagnostics: [] } }, []],
  ["inlayHint", { range }, []],
  ["completion", { position }, []],
  ["references", { position, context: {} }, null],
];

test("a text that nothing can read costs empty answers about it, and nothing of other texts", async () => {
  const { read: realRead } = await vi.importActual<typeof import("../../../server/src/read/read")>(
    "../../../server/src/read/read",
  );
  vi.mocked(read).mockImplementation((text) => {
    if (text.includes("poison")) throw new TypeError("the secret text of the document");
    return realRead(text);
  });
  const session = await Session.open("#0  poison () at a.c:7\n");
  try {
    const answers = new Map<string, unknown>();
    for (const [method, params] of QUESTIONS) {
      answers.set(method, await session.about(method, params).catch((error) => `fails: ${error}`));
    }
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(QUESTIONS.map(([method, , nothing]) => [method, nothing])),
    );
    const uri = "file:///home/me/good.txt";
    await session.openAs(uri, "#0  main () at a.c:7\n");
    const good = await session.ask("textDocument/hover", {
      textDocument: { uri },
      position: { line: 0, character: 5 },
    });
    expect(good).not.toBeNull();
  } finally {
    session.close();
  }
});
