import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CancellationTokenSource, type DocumentSymbol } from "vscode-languageserver";
import { symbols } from "../../../server/src/features/symbols";
import { read } from "../../../server/src/read/read";
import { Session } from "./session";

const fleet = readFileSync("examples/backtraces.save", "utf8");

/** Too long to be read at once, and quoted, so that there is much to undo. */
const large = fleet.repeat(60).replace(/^/gm, "> ");
const small = "#0  main () at a.c:7\n";

const LARGE = "file:///home/me/large.txt";
/** It takes many more slices than messages take turns. */
const larger = large.repeat(8);

const CONTENT_MODIFIED = -32801;
const REQUEST_CANCELLED = -32800;

/** The names of a text's symbols, or the code of the error that came for an answer. */
const asked = (session: Session, uri = session.uri): Promise<string[] | number> =>
  session
    .ask<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri } })
    .then(namesOf, ({ code }: { code: number }) => code);

const namesOf = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

const expected = (text: string): string[] => namesOf(symbols(read(text)));

async function inSession(text: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await Session.open(text);
  try {
    await work(session);
  } finally {
    session.close();
  }
}

describe("while a large text is read", () => {
  test("other texts are answered, and its own questions when it has been read", () =>
    inSession(large, async (session) => {
      const order: string[] = [];
      const first = asked(session).then((names) => {
        order.push("large");
        return names;
      });
      await session.openAs("file:///home/me/small.txt", small);
      const second = await asked(session, "file:///home/me/small.txt");
      order.push("small");
      expect(second).toEqual(expected(small));
      expect(await first).toEqual(expected(large));
      expect(order).toEqual(["small", "large"]);
    }));

  // What follows is written into the connection at once, so that it comes while the text is being read.

  test("a change supersedes what was asked before it", () =>
    inSession(small, async (session) => {
      void session.openAs(LARGE, larger);
      const before = asked(session, LARGE);
      void session.type("> === pid 9 ===\n", LARGE);
      const after = asked(session, LARGE);
      expect(await before).toBe(CONTENT_MODIFIED);
      expect(await after).toEqual(expected(`> === pid 9 ===\n${larger}`));
    }));

  test("closing it supersedes, too", () =>
    inSession(small, async (session) => {
      void session.openAs(LARGE, larger);
      const before = asked(session, LARGE);
      void session.tell("textDocument/didClose", { textDocument: { uri: LARGE } });
      expect(await before).toBe(CONTENT_MODIFIED);
    }));

  test("a change supersedes tokens that are being worked out", () =>
    inSession(large, async (session) => {
      await asked(session);
      const textDocument = { uri: session.uri };
      const tokens = session
        .ask("textDocument/semanticTokens/full", { textDocument })
        .catch(({ code }) => code);
      void session.type("> === pid 9 ===\n");
      expect(await tokens).toBe(CONTENT_MODIFIED);
    }));

  test("a question that is taken back is answered at once", () =>
    inSession(large, async (session) => {
      const order: string[] = [];
      const source = new CancellationTokenSource();
      const textDocument = { uri: session.uri };
      const takenBack = session
        .ask("textDocument/foldingRange", { textDocument }, source.token)
        .catch(({ code }) => order.push(String(code)));
      const kept = asked(session).then(() => order.push("symbols"));
      source.cancel();
      await Promise.all([takenBack, kept]);
      expect(order).toEqual([String(REQUEST_CANCELLED), "symbols"]);
    }));
});
