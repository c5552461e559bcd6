import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { childExits } from "../../../server/src/find/childExits";
import { foundIn } from "./findings";
import { kept, shown, source } from "./sources";

const exits = (...texts: string[]) =>
  foundIn(
    childExits,
    texts.map((text, i) => source(text, `${i}`)),
  );

interface Fact {
  readonly file: string;
  readonly killed: readonly { readonly pid: number; readonly signal: string }[];
}
const facts: Fact[] = JSON.parse(readFileSync("test/fixtures/apache/captured/facts.json", "utf8"));

test.each(facts.filter(({ killed }) => killed.length > 0).map(({ file }) => file))(
  "%s: each signal with the child that got it",
  (file) => {
    const killed = facts.find((fact) => fact.file === file)?.killed ?? [];
    const found = exits(kept(`apache/captured/${file}`));
    const told = found.flatMap(({ values: { signal, pids } }) =>
      (pids as number[]).map((pid) => ({ pid, signal })),
    );
    // Apache does not say that a child was killed.
    expect(told).toEqual(killed.filter(({ signal }) => signal !== "SIGKILL"));
  },
);

test("counts over several texts, with the folder of the cores", () => {
  const found = exits(
    kept("apache/prefork-2.4.71.error.log"),
    kept("apache/event-2.4.71.error.log"),
  );
  expect(found[0]?.values).toEqual({
    signal: "SIGSEGV",
    count: 2,
    first: "2026-11-20T21:37:58.059723",
    last: "2026-11-20T21:38:26.084756",
    pids: [28709, 28458],
    coreDumped: true,
    coreDirectory: "/srv/demo/core",
  });
  expect(found.map(({ values }) => [values.signal, values.count])).toEqual([
    ["SIGSEGV", 2],
    ["SIGABRT", 2],
  ]);
  expect(shown(found[0]!).every((line) => line.includes("Segmentation fault (11)"))).toBe(true);
});

test("entries that were joined into one line, and one that is cut", () => {
  const line = (pid: number) =>
    `[Fri Nov 20 21:38:26 2026] [notice] child pid ${pid} exit signal Segmentation fault (11)`;
  const found = exits(
    `${line(1)} ${line(2)}\n[Fri Nov 20 21:38:26 2026] [notice] child pid 3 exit signal`,
  );
  expect(found.map(({ values }) => [values.signal, values.count])).toEqual([
    ["SIGSEGV", 2],
    [null, 1],
  ]);
  expect(found[0]?.values).toMatchObject({ pids: [1, 2], coreDumped: false });
});

test("a thousand children are counted, the first are named", () => {
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `[Fri Nov 20 21:38:26 2026] [notice] child pid ${i + 1} exit signal Bus error (7)`,
  );
  const [found] = exits(lines.join("\n"));
  expect(found?.values.count).toBe(1000);
  expect(found?.values.pids).toHaveLength(20);
  expect(found?.evidence).toHaveLength(50);
});
