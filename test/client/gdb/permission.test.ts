import { beforeEach, describe, expect, test, vi } from "vitest";
import { projectFile } from "../../grammar/manifest";

/** The little of the editor that is asked before a gdb is started. */
const editor = vi.hoisted(() => ({
  trusted: true,
  folders: [] as { uri: { scheme: string } }[],
  gdbPath: "",
  warnings: [] as string[],
  quickPicks: 0,
}));

vi.mock("vscode", () => ({
  Uri: { parse: (text: string) => ({ scheme: text.split(":")[0], toString: () => text }) },
  workspace: {
    get isTrusted() {
      return editor.trusted;
    },
    get workspaceFolders() {
      return editor.folders;
    },
    getConfiguration: () => ({ get: () => editor.gdbPath }),
    openTextDocument: async (uri: object) => ({ uri, getText: () => "" }),
  },
  window: {
    showWarningMessage: async (text: string) => void editor.warnings.push(text),
    showQuickPick: async () => void editor.quickPicks++,
    onDidCloseTerminal: () => ({ dispose() {} }),
    onDidStartTerminalShellExecution: () => ({ dispose() {} }),
    onDidEndTerminalShellExecution: () => ({ dispose() {} }),
    terminals: [],
  },
  Disposable: { from: () => ({ dispose() {} }) },
}));

const { gdbProgram } = await import("../../../client/src/gdb/permission");
const { Targets } = await import("../../../client/src/gdb/targets");
const { Terminals } = await import("../../../client/src/gdb/terminals");
const { captureBacktraces } = await import("../../../client/src/gdb/captureCommand");
const { answerInGdb } = await import("../../../client/src/gdb/answerCommand");
const { runInGdb } = await import("../../../client/src/gdb/terminalCommand");

/** What the workspace remembers. */
function memento() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key: string, otherwise: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
    keys: () => [...kept.keys()],
  };
}

const targets = () => new Targets(memento() as never);
const request = { uri: "file:///home/me/backtraces.save", command: "bt", pids: [process.pid] };
const COMMANDS: readonly [string, () => Promise<string | undefined>][] = [
  ["captureBacktraces", () => captureBacktraces(targets())(request)],
  ["answerInGdb", () => answerInGdb(targets())(request)],
  ["runInGdb", () => runInGdb(targets(), new Terminals())(request)],
];

beforeEach(() => {
  Object.assign(editor, { trusted: true, folders: [], gdbPath: "", warnings: [], quickPicks: 0 });
});

describe.each(COMMANDS)("%s", (_, run) => {
  test("is refused where the workspace is not trusted, and says so", async () => {
    editor.trusted = false;
    expect(await run()).toContain("a workspace that you do not trust");
    expect(editor.warnings).toHaveLength(1);
    expect(editor.quickPicks).toBe(0);
  });

  test("is refused in a virtual workspace, and says so", async () => {
    editor.folders = [{ uri: { scheme: "vscode-vfs" } }];
    expect(await run()).toContain("a virtual workspace");
    expect(editor.quickPicks).toBe(0);
  });
});

test("a command asks for the target where none is known, and gives up with the user", async () => {
  editor.folders = [{ uri: { scheme: "file" } }];
  expect(await answerInGdb(targets())(request)).toBeUndefined();
  expect(editor.quickPicks).toBe(1);
  expect(editor.warnings).toEqual([]);
});

test("a command that is refused makes no link in the message about it", async () => {
  const command = "[bt](command:workbench.action.quit)";
  expect(await answerInGdb(targets())({ ...request, command })).toContain(command);
  expect(editor.warnings[0]).toContain("[bt] (command:workbench.action.quit)");
});

test("gdb is the one on the path, unless the user names another", () => {
  expect(gdbProgram()).toBe("gdb");
  editor.gdbPath = " /opt/gdb/bin/gdb ";
  expect(gdbProgram()).toBe("/opt/gdb/bin/gdb");
});

describe("the target of a document", () => {
  const core = { kind: "core", core: "/var/core.1", executable: null } as const;
  const document = (text: string) =>
    ({ uri: { scheme: text.split(":")[0], toString: () => text }, getText: () => "" }) as never;
  const uriOf = (text: string) => (document(text) as { uri: never }).uri;

  test("is remembered with the workspace, for the file and no other", async () => {
    const state = memento();
    await new Targets(state as never).remember(uriOf("file:///a"), core);
    const later = new Targets(state as never);
    expect(await later.ofDocument(document("file:///a"))).toEqual(core);
    expect(await later.ofDocument(document("file:///b"))).toBeUndefined();
    expect(editor.quickPicks).toBe(1);
  });

  test("is forgotten with a text that was never saved", async () => {
    const state = memento();
    const now = new Targets(state as never);
    await now.remember(uriOf("untitled:a"), core);
    expect(await now.ofDocument(document("untitled:a"))).toEqual(core);
    expect(state.kept.size).toBe(0);
    now.forget(uriOf("untitled:a"));
    expect(await now.ofDocument(document("untitled:a"))).toBeUndefined();
  });

  test("is asked for again where the process has ended", async () => {
    const now = targets();
    const gone = { kind: "process", pid: process.pid, name: "node", started: "1" } as const;
    await now.remember(uriOf("file:///a"), gone);
    expect(await now.ofDocument(document("file:///a"))).toBeUndefined();
    expect(editor.quickPicks).toBe(1);
  });

  test("is kept for the last fifty files", async () => {
    const state = memento();
    const now = new Targets(state as never);
    for (let i = 0; i < 60; i++) await now.remember(uriOf(`file:///${i}`), core);
    expect(state.kept.get("gdbTargets")).toHaveLength(50);
    expect(await now.ofDocument(document("file:///59"))).toEqual(core);
    expect(await now.ofDocument(document("file:///9"))).toBeUndefined();
  });
});

describe("what the editor offers", () => {
  const { commands, menus, configuration } = JSON.parse(projectFile("package.json")).contributes;
  const gdb = ["captureBacktraces", "runInGdb", "answerInGdb", "chooseGdbTarget"].map(
    (name) => `backtraceReader.${name}`,
  );
  const guards = [
    "isWorkspaceTrusted",
    "(!isWeb || remoteName)",
    "!virtualWorkspace",
    "!backtraceReader.inBrowser",
  ];

  test.each(gdb)("%s can only be run where a gdb may be started", (id) => {
    const { enablement } = commands.find(({ command }: { command: string }) => command === id);
    const places = Object.values(menus as Record<string, { command: string; when: string }[]>)
      .flat()
      .filter(({ command }) => command === id);
    expect(places.length).toBeGreaterThan(0);
    for (const guard of guards) {
      expect(enablement).toContain(guard);
      for (const { when } of places) expect(when).toContain(guard);
    }
  });

  test("a workspace cannot choose the gdb that is run", () => {
    expect(configuration.properties["backtraceReader.gdbPath"].scope).toBe("machine");
  });
});
