import { beforeEach, expect, test, vi } from "vitest";

interface Terminal {
  name: string;
  exitStatus: { code: number } | undefined;
  sent: string[];
  options?: { shellPath: string; shellArgs: string[] };
}

type Listener = (event: never) => void;

/** An editor with terminals, and a person who chooses in a list by its words. */
const editor = vi.hoisted(() => ({
  terminals: [] as object[],
  listeners: {} as Record<string, Listener>,
  choice: "",
  offered: [] as string[],
}));

const listen = (event: string) => (listener: Listener) => {
  editor.listeners[event] = listener;
  return { dispose() {} };
};

vi.mock("vscode", () => ({
  Uri: { parse: (text: string) => ({ scheme: "file", toString: () => text }) },
  ThemeIcon: class {},
  Disposable: { from: () => ({ dispose() {} }) },
  workspace: {
    isTrusted: true,
    getConfiguration: () => ({ get: () => "" }),
    openTextDocument: async (uri: object) => ({ uri, getText: () => "" }),
  },
  window: {
    get terminals() {
      return editor.terminals;
    },
    showWarningMessage: async () => undefined,
    createTerminal: (options: { name: string }) => newTerminal(options.name, options),
    showQuickPick: async (items: { label: string }[]) => {
      editor.offered = items.map(({ label }) => label);
      return items.find(({ label }) => label === editor.choice);
    },
    onDidCloseTerminal: (listener: Listener) => listen("close")(listener),
    onDidStartTerminalShellExecution: (listener: Listener) => listen("start")(listener),
    onDidEndTerminalShellExecution: (listener: Listener) => listen("end")(listener),
  },
}));

const { Targets } = await import("../../../client/src/gdb/targets");
const { Terminals } = await import("../../../client/src/gdb/terminals");
const { runInGdb } = await import("../../../client/src/gdb/terminalCommand");

const START = "$(add) Start gdb in a new terminal";
const uri = "file:///home/me/backtraces.save";

function newTerminal(name: string, options?: object): Terminal {
  const sent: string[] = [];
  const sendText = (text: string, execute: boolean) => sent.push(execute ? text : `${text}…`);
  const terminal = { name, exitStatus: undefined, sent, options, sendText, show() {} };
  editor.terminals.push(terminal);
  return terminal as unknown as Terminal;
}

const tell = (event: string, about: object) => editor.listeners[event]?.(about as never);

const core = "/var/crash/core of 1";

let run: ReturnType<typeof runInGdb>;
beforeEach(async () => {
  Object.assign(editor, { terminals: [], listeners: {}, choice: "", offered: [] });
  const targets = new Targets({ get: (_: string, or: unknown) => or, update() {} } as never);
  const target = { kind: "core", core, executable: "/usr/sbin/httpd" } as const;
  vi.spyOn(targets, "ofDocument").mockResolvedValue(target);
  run = runInGdb(targets, new Terminals());
});

const ask = (command: string, before?: string[]) =>
  run({ uri, command, ...(before && { before }) });

test("where no terminal is open, gdb starts in one, with the target of the document", async () => {
  await ask("bt");
  await ask("p lock", ["thread 2", "frame 3"]);
  expect(editor.terminals).toHaveLength(1);
  const [terminal] = editor.terminals as [Terminal];
  expect(terminal.options?.shellPath).toBe("gdb");
  expect(terminal.options?.shellArgs.slice(-2)).toEqual(["--se=/usr/sbin/httpd", `--core=${core}`]);
  expect(terminal.sent).toEqual(["bt", "thread 2", "frame 3", "p lock"]);
});

test("a terminal of the user's is chosen once for each document", async () => {
  const mine = newTerminal("mine");
  editor.choice = "mine";
  await ask("bt");
  editor.choice = "";
  await ask("bt 3");
  expect(editor.offered).toEqual([START, "mine"]);
  expect(mine.sent).toEqual(["bt", "bt 3"]);
});

test("nothing is sent where the user gives up", async () => {
  const mine = newTerminal("mine");
  await ask("bt");
  expect(mine.sent).toEqual([]);
  expect(editor.terminals).toHaveLength(1);
});

test("a shell that waits for a command gets none of gdb's", async () => {
  const mine = newTerminal("mine");
  editor.choice = "mine";
  tell("start", { terminal: mine, execution: { commandLine: { value: "gdb httpd" } } });
  await ask("bt");
  expect(mine.sent).toEqual(["bt"]);
  // The user has left gdb.
  tell("end", { terminal: mine });
  await ask("bt");
  expect(mine.sent).toEqual(["bt"]);
  expect((editor.terminals[1] as Terminal).sent).toEqual(["bt"]);
});

test("a terminal that was closed, or whose gdb has ended, is not used again", async () => {
  await ask("bt");
  const [first] = editor.terminals as [Terminal];
  first.exitStatus = { code: 0 };
  await ask("bt");
  const second = editor.terminals[1] as Terminal;
  expect([first.sent, second.sent]).toEqual([["bt"], ["bt"]]);
  editor.terminals = [];
  tell("close", second);
  await ask("bt");
  expect(second.sent).toEqual(["bt"]);
  expect((editor.terminals[0] as Terminal).sent).toEqual(["bt"]);
});

test("one bad line keeps all of them back", async () => {
  expect(await ask("bt", ["thread 2", "shell id"])).toContain("could leave gdb");
  expect(await ask("bt\nshell id")).toContain("cannot be seen");
  expect(editor.terminals).toEqual([]);
});
