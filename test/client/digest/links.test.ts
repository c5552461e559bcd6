import { beforeEach, describe, expect, test, vi } from "vitest";

/** As much of an address as is looked at here. */
class FakeUri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  constructor(scheme: string, path: string, query = "") {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static parse = (text: string) =>
    new FakeUri(text.split(":")[0] ?? "", text.replace(/^\w+:\/*/, "/"));
  static from = ({ scheme, path, query }: FakeUri) => new FakeUri(scheme, path, query);
  with = () => this;
  toString = () => `${this.scheme}://${this.path}${this.query}`;
}

const disposable = { dispose() {} };

vi.mock("vscode", () => ({
  Uri: FakeUri,
  EventEmitter: class {
    event = () => disposable;
    fire() {}
    dispose() {}
  },
  Disposable: { from: () => disposable },
  workspace: {
    registerTextDocumentContentProvider: () => disposable,
    getWorkspaceFolder: ({ path }: FakeUri) => (path.startsWith("/shop/") ? {} : undefined),
    fs: {
      stat: async () => ({ size: 3, mtime: 1 }),
      readFile: async () => new TextEncoder().encode("abc"),
    },
  },
  window: {},
}));

// The library needs an editor to be loaded; its names of requests are those of the server's.
vi.mock("vscode-languageclient", async () => ({ ...(await import("vscode-languageserver")) }));

const { Digests } = await import("../../../client/src/digest/digests");
const { digestOf, partOf } = await import("../../../client/src/digest/uris");

/** What the client was asked to send, and what it answers to questions of the server's. */
const client = {
  asked: [] as unknown[],
  answers: [] as ((params: object) => unknown)[],
  needsStart: () => false,
  onRequest(_: unknown, answer: (params: object) => unknown) {
    client.answers.push(answer);
    return disposable;
  },
  async sendRequest(method: string, params: unknown) {
    client.asked.push(method, params);
    return { text: "abc" };
  },
  warn() {},
};

beforeEach(() => {
  client.asked.length = 0;
  client.answers.length = 0;
});

const part = (file: string, more: object = {}) =>
  new FakeUri(
    "backtrace-part",
    "/x.backtrace",
    JSON.stringify({ file, size: 3, time: 1, numbers: [0, 0, 1, 0], ...more }),
  ) as never;

describe("a link that a text made up", () => {
  test("to a part of a file elsewhere shows nothing of it, and asks nobody", async () => {
    const digests = new Digests(client as never);
    const text = await digests.provideTextDocumentContent(part("file:///etc/shadow"));
    expect(text).toBe("Open the digest of shadow first: it is no file of this workspace.");
    expect(client.asked).toEqual([]);
  });

  test("to a digest that nobody made shows none", async () => {
    const digests = new Digests(client as never);
    const uri = new FakeUri(
      "backtrace-digest",
      "/x",
      JSON.stringify({ file: "file:///etc/shadow" }),
    );
    expect(await digests.provideTextDocumentContent(uri as never)).toMatch(/^# No digest/);
    expect(client.asked).toEqual([]);
  });

  test.each([
    "",
    "{",
    "[1]",
    "null",
    '{"file":7}',
    '{"__proto__":{"file":"file:///etc/shadow"}}',
    '{"file":"file:///shop/a","size":-1,"time":0,"numbers":[0,0,0,0]}',
    '{"file":"file:///shop/a","size":1e99,"time":0,"numbers":[0,0,0,0]}',
    '{"file":"file:///shop/a","size":0,"time":0,"numbers":[0,0]}',
    '{"file":"file:///shop/a","size":0,"time":0,"numbers":["0",0,0,0]}',
  ])("with %s behind it leads nowhere", (query) => {
    expect(partOf(new FakeUri("backtrace-part", "/x", query) as never)).toBeNull();
    expect(digestOf(new FakeUri("backtrace-part", "/x", query) as never)).toBeNull();
  });
});

test("a part of a file of the workspace is asked for", async () => {
  const digests = new Digests(client as never);
  expect(await digests.provideTextDocumentContent(part("file:///shop/error_log"))).toBe("abc");
  expect(client.asked[0]).toBe("backtraceReader/part");
});

test("the server gets nothing of a file that is neither of the workspace nor opened", async () => {
  const digests = new Digests(client as never);
  for (const answer of client.answers) {
    const said = await answer({ uri: "file:///etc/shadow", byte: 0 });
    expect(said).toEqual({
      problem: "Open the digest of shadow first: it is no file of this workspace.",
    });
    expect(await answer({ uri: "file:///shop/error_log", byte: 0 })).not.toHaveProperty("problem");
  }
  expect(client.answers).toHaveLength(2);
  digests.dispose();
});
