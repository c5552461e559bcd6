import { afterEach, expect, test } from "vitest";
import type { CodeLens, DocumentDiagnosticReport, Hover, Location } from "vscode-languageserver";
import { kept } from "../find/sources";
import { log } from "../fixture";
import { Session } from "./session";

const ours = { showsCases: true, notesFolder: "file:///extension/knowledge/notes" };
const crash = kept("gdb/unknown/haproxy-zlib.txt");
const note = "haproxy-zlib-flush-stale-input";

let session: Session;
afterEach(() => session.close());

test("a lens names the best hypothesis of a process, and opens it", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const lenses = await session.about<CodeLens[]>("codeLens");
  const lens = lenses.find(({ command }) => command?.command === "backtraceReader.openCase");
  expect(lens?.command?.title).toMatch(/^\d+ % HAProxy flushes/);
  expect(lens?.command?.arguments).toEqual([note]);
  expect(await session.ask<CodeLens>("codeLens/resolve", lens ?? {})).toEqual(lens);
});

test("for another editor a lens only tells", async () => {
  session = await Session.open(crash);
  const lenses = await session.about<CodeLens[]>("codeLens");
  const lens = lenses.find(({ command }) => command?.title.includes("HAProxy"));
  expect(lens?.command?.command).toBe("");
});

test("a problem carries the note's id, a link to read on, and the evidence", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const report = await session.about<DocumentDiagnosticReport>("diagnostic");
  const items = report.kind === "full" ? report.items : [];
  const found = items.find(({ source }) => source === "Backtrace Reader");
  expect(found).toMatchObject({ code: note, severity: 2 });
  expect(found?.codeDescription?.href).toMatch(/^https:/);
  expect(found?.relatedInformation?.map(({ location }) => location.uri)).toContain(session.uri);
});

test("a card tells what a frame may mean below what its function does", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const line = crash.split("\n").findIndex((text) => text.includes("deflate_flush_or_finish"));
  const position = { line, character: (crash.split("\n")[line] ?? "").indexOf("deflate_") + 2 };
  const { contents } = await session.about<Hover>("hover", { position });
  const [card, cause] = (contents as { value: string }).value.split("\n\n---\n\n");
  expect(card).toContain("deflate_flush_or_finish");
  expect(cause).toContain("Could be the cause");
});

test("what one text adds to another is drawn anew in both", async () => {
  const asked: string[] = [];
  let enough = () => {};
  const drawnAgain = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const note = (name: string) => () => {
    asked.push(name);
    if (new Set(asked).size === 2) enough();
    return null;
  };
  const answers = {
    "workspace/codeLens/refresh": note("lenses"),
    "workspace/diagnostic/refresh": note("diagnostics"),
  };
  const refreshSupport = true;
  const workspace = { codeLens: { refreshSupport }, diagnostics: { refreshSupport } };
  session = await Session.open("Hello, world!\n", answers, { workspace }, ours);
  await session.openAs("file:///home/me/other.bt", crash);
  await drawnAgain;
  expect(new Set(asked)).toEqual(new Set(["lenses", "diagnostics"]));
});

interface Item {
  readonly note: string;
  readonly confidence: string;
  readonly severity: string;
  readonly evidence: readonly {
    readonly says: string;
    readonly places: readonly { readonly name: string; readonly location: Location }[];
  }[];
  readonly commands: readonly { readonly run: string }[];
}

test("what many places say alike is listed once", async () => {
  session = await Session.open(`${crash}\n=== pid 2 ===\n${crash}`, {}, {}, ours);
  const items = await session.ask<Item[]>("backtraceReader/hypotheses", {});
  const evidence = items.find((item) => item.note === note)?.evidence ?? [];
  expect(new Set(evidence.map(({ says }) => says)).size).toBe(evidence.length);
  expect(evidence.some(({ places }) => places.length === 2)).toBe(true);
});

test("the view of hypotheses gets them with evidence and commands, of all documents", async () => {
  session = await Session.open(crash, {}, {}, ours);
  await session.openAs("file:///home/me/apc.bt", kept("gdb/6.8/apache-apc.txt"));
  const items = await session.ask<Item[]>("backtraceReader/hypotheses", {});
  const found = items.find((item) => item.note === note);
  expect(found?.confidence).toMatch(/^\d\d %$/);
  expect(found?.severity).toBe("crash");
  expect(
    new Set(found?.evidence.flatMap(({ places }) => places.map(({ location }) => location.uri))),
  ).toEqual(new Set([session.uri]));
  expect(found?.commands.map(({ run }) => run)).toContain("p *strm");
  expect(items.map((item) => item.note)).toContain("apc-pthreadmutex-deadlock");
});

const stacks = log`
  === pid 311 ===
  #0  0x01 in wait_lock () from /lib/libpthread.so.0
  #1  0x02 in cache_find (key=0x1) at /usr/src/cache.c:10
  === pid 312 ===
  #0  0x01 in wait_lock () from /lib/libpthread.so.0
  #1  0x02 in cache_find (key=0x2) at /usr/src/cache.c:10
  === pid 313 ===
  #0  0x05 in epoll_wait () from /lib/libc.so.6
`;

interface StackItem {
  readonly label: string;
  readonly detail: string;
  readonly location: Location | null;
  readonly below: { readonly stamp: number; readonly path: readonly number[] } | null;
}

const stackItems = (path: object | null | undefined) =>
  session.ask<StackItem[] | null>("backtraceReader/stacks", path ?? {});

const top = { stamp: null, path: [] };

test("the view of stacks gets one level at a time: groups, processes, frames", async () => {
  session = await Session.open(stacks);
  const groups = (await stackItems(top)) ?? [];
  expect(groups.map(({ label }) => label.split(":")[0])).toEqual(["2 processes", "1 process"]);
  const members = (await stackItems(groups[0]?.below)) ?? [];
  expect(members.map(({ label }) => label)).toEqual(["process 311", "process 312"]);
  const frames = (await stackItems(members[1]?.below)) ?? [];
  expect(frames.map(({ label, detail }) => `${label}${detail}`)).toEqual([
    "#0 wait_lock(libpthread.so.0)",
    "#1 cache_findcache.c:10",
  ]);
  expect(frames.map(({ location }) => location?.range.start.line)).toEqual([4, 5]);
  expect(frames.map(({ below }) => below)).toEqual([null, null]);
});

test("a question about stacks as they were is not answered with others", async () => {
  session = await Session.open(stacks);
  const [group] = (await stackItems(top)) ?? [];
  await session.replace(stacks.replace("epoll_wait", "wait_lock"));
  expect(await stackItems(group?.below)).toBeNull();
});

test("a list of very many processes is cut, and says so", async () => {
  const many = Array.from(
    { length: 600 },
    (_, i) => `=== pid ${i + 1} ===\n#0  0x01 in f () at a.c:1\n`,
  );
  session = await Session.open(many.join(""));
  const [group] = (await stackItems(top)) ?? [];
  const members = (await stackItems(group?.below)) ?? [];
  expect(members).toHaveLength(501);
  expect(members.at(-1)).toMatchObject({ label: "100 more", location: null, below: null });
});

test("the paths of two answers about the same stacks lead on, in whatever order they were asked for", async () => {
  const many = Array.from(
    { length: 3000 },
    (_, i) => `=== pid ${i + 1} ===\n#0  0x01 in f${i % 3} () at a.c:1\n`,
  );
  session = await Session.open(many.join(""));
  const [one, other] = await Promise.all([stackItems(top), stackItems(top)]);
  expect(one).toEqual(other);
  expect(await stackItems(one?.[0]?.below)).toHaveLength(501);
  expect(await stackItems(other?.[1]?.below)).toHaveLength(501);
});
