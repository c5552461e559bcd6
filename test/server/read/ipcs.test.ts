import { expect, test } from "vitest";
import { ipcId } from "../../../server/src/read/tables/ipcs";
import { log } from "../fixture";
import { fixture, readTables, tableText } from "./logs";

const tables = (text: string): string => readTables(text).tables.map(tableText).join("\n");

test("an Apache server's semaphores are a table, and empty listings say that there is nothing else", () => {
  expect(tables(fixture("tables/ipcs.txt"))).toMatchInlineSnapshot(`
    "shared-memory-list
    key|shmid|owner|perms|bytes|nattch|status
    semaphore-list
    key|semid|owner|perms|nsems
    0x00000000|0|root|600|1
    0x00000000|65537|root|600|1
    0x00000000|262146|apache|600|1
    0x00000000|294915|apache|600|1
    0x00000000|327682|apache|600|1
    0x00000000|360451|apache|600|1
    message-queue-list
    key|msqid|owner|perms|used-bytes|messages"
  `);
});

test("each kind of listing is a section of its own", () => {
  const { sections } = readTables(fixture("tables/ipcs.txt"));
  expect(sections.map((section) => section.kind)).toEqual([
    "shared-memory-list",
    "semaphore-list",
    "message-queue-list",
  ]);
});

test("a listing joined on one line is taken apart", () => {
  const text = fixture("tables/ipcs.txt");
  const joined = text.slice(text.indexOf("------")).replaceAll(/\s*\n\s*/g, " ");
  expect(tables(joined)).toBe(tables(text));
});

test("a blog's long dashes are dashes", () => {
  expect(
    tables(log`
      —— Semaphore Arrays ——–
      key        semid      owner      perms      nsems
      0x00000000 327682     apache     600        1
    `),
  ).toMatchInlineSnapshot(`
    "semaphore-list
    key|semid|owner|perms|nsems
    0x00000000|327682|apache|600|1"
  `);
});

test("the values of one array tell who changed it last", () => {
  expect(
    tables(log`
      Semaphore Array semid=327682
      uid=48   gid=48  cuid=0  cgid=0
      semnum     value      ncount     zcount     pid
      0          0          12         0          311
    `),
  ).toMatchInlineSnapshot(`
    "semaphore-values
    semnum|value|ncount|zcount|pid
    0|0|12|0|311"
  `);
});

test("an id is a place and a count: higher counts were made later", () => {
  const ids = ["0", "65537", "262146", "294915", "327682", "360451"];
  expect(ids.map((id) => Object.values(ipcId(id) ?? {}).join(" "))).toEqual([
    "0 0",
    "1 2",
    "2 8",
    "3 9",
    "2 10",
    "3 11",
  ]);
  expect(["-1", "4294967296", "x", ""].map(ipcId)).toEqual([null, null, null, null]);
});

test("limits and sums are not listings", () => {
  expect(tables("------ Semaphore Limits --------\nmax number of arrays = 128\n")).toBe("");
});
