import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Table } from "../../../server/src/read/model";
import { read } from "../../../server/src/read/read";
import { listedProcesses } from "../../../server/src/read/tables/processes";

const fixture = (path: string) => readFileSync(`test/fixtures/${path}`, "utf8");

/** What can be counted in a listing of one spawner and its workers. */
function pool(path: string) {
  const [table] = read(fixture(path)).tables as [Table];
  const [spawner, ...workers] = listedProcesses(table);
  const sum = (numbers: readonly (number | null)[]) =>
    numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
  const used = workers.filter(({ residentKiB }) => (residentKiB ?? 0) >= 100_000);
  return {
    workers: workers.length,
    spawnerKiB: spawner?.residentKiB,
    workersKiB: sum(workers.map(({ residentKiB }) => residentKiB)),
    used: used.length,
    usedKiB: sum(used.map(({ residentKiB }) => residentKiB)),
    cpuSeconds: sum(workers.map(({ cpuSeconds }) => cpuSeconds)),
    mostCpuSeconds: Math.max(...workers.map(({ cpuSeconds }) => cpuSeconds ?? 0)),
    startedToday: workers.filter((worker) => worker.startedToday).map(({ pid }) => pid),
    parents: [...new Set(workers.map(({ parent }) => parent))],
  };
}

describe("a pool of twenty FastCGI workers", () => {
  test("behind lighttpd 1.4.13: six do the work, one of them most of it", () => {
    expect(pool("tables/ps-joined-1.4.13.txt")).toEqual({
      workers: 20,
      spawnerKiB: 23_320,
      workersKiB: 2_124_216,
      used: 6,
      usedKiB: 1_320_376,
      cpuSeconds: 1_291,
      mostCpuSeconds: 1_073,
      startedToday: [32106, 32164, 5059, 8606],
      parents: [1],
    });
  });

  test("behind 1.4.18: all of them work", () => {
    expect(pool("tables/ps-joined-1.4.18.txt")).toMatchObject({
      spawnerKiB: 23_248,
      workersKiB: 4_688_440,
      used: 20,
      cpuSeconds: 6_690,
      mostCpuSeconds: 1_108,
      startedToday: [12774, 12776, 11144, 14011, 14515, 17360, 21006, 23795],
    });
  });
});

describe("a log of both releases", () => {
  const { records } = read(fixture("lighttpd/joined-1.4.13-to-1.4.18.log"));
  const count = (kind: string, backend: RegExp) =>
    records.filter((it) => it.kind === kind && backend.test(String(it.fields["backend"]))).length;

  test("has 20 entries; eight servers stopped and one started two seconds later", () => {
    expect(records).toHaveLength(20);
    const stops = records.filter((it) => it.kind === "server-stop").map((it) => it.time);
    expect(stops).toEqual(Array(8).fill("2008-01-09T11:20:15"));
    expect(records.find((it) => it.kind === "server-start")?.time).toBe("2008-01-09T11:20:17");
  });

  test("has one death and one lost answer each on ports 7012 and 7018, two re-enabled on 7000", () => {
    expect([count("backend-eof", /:7012$/), count("backend-no-response", /:7012$/)]).toEqual([
      1, 1,
    ]);
    expect([count("backend-eof", /:7018$/), count("backend-no-response", /:7018$/)]).toEqual([
      1, 1,
    ]);
    expect(count("backend-re-enabled", /:7000$/)).toBe(2);
  });
});

describe("a log of the old release", () => {
  const { records } = read(fixture("lighttpd/joined-1.4.13.log"));

  test("has twelve entries about port 7000: four deaths, four lost answers, two refusals, two re-enabled", () => {
    const counts = new Map<string, number>();
    for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect([...counts]).toEqual([
      ["backend-eof", 4],
      ["backend-no-response", 4],
      ["backend-connect-failed", 2],
      ["backend-re-enabled", 2],
    ]);
    expect(records.every((it) => String(it.fields["backend"]).endsWith(":7000"))).toBe(true);
  });
});
