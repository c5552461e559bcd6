import { describe, expect, test } from "vitest";
import { fieldsOf, fixture, readKernel, textOf } from "./kernelRecords";

describe("the out-of-memory killer", () => {
  const reading = readKernel(fixture("dmesg-oom-memcg.txt"));

  test("is one record from the request to the kill", () => {
    expect(reading.records.map(({ kind, crash }) => [kind, crash])).toEqual([["oom-kill", true]]);
    expect(textOf(reading, 0).trimEnd()).toBe(fixture("dmesg-oom-memcg.txt").trimEnd());
  });

  test("says who asked, who was killed and which limit was hit", () => {
    expect(
      fieldsOf(
        reading,
        "process order gfpFlags scope memoryGroup usageKb limitKb failures victim victimPid anonRssKb victimUid",
      ),
    ).toBe(
      "oom-kill process=kc_memhog order=0 gfpFlags=GFP_KERNEL scope=group " +
        "memoryGroup=/demo.slice/ktest_oom usageKb=30720 limitKb=30720 failures=22 " +
        "victim=kc_memhog victimPid=27100 anonRssKb=30592 victimUid=0",
    );
  });

  test("lists the candidates as a table", () => {
    const [table] = reading.tables;
    expect(table?.kind).toBe("oom-task-list");
    const [row] = table?.rows ?? [];
    const named = table?.columns.map((column, index) => `${column}=${row?.cells[index]?.text}`);
    expect(named?.join(" ")).toBe(
      "pid=27100 uid=0 tgid=27100 total_vm=8329 rss=7889 rss_anon=7648 rss_file=241 rss_shmem=0 " +
        "pgtables_bytes=106496 swapents=0 oom_score_adj=0 name=kc_memhog",
    );
    expect(reading.text.slice(row?.cells[0]?.span.from, row?.cells[0]?.span.to)).toBe("27100");
  });

  test("of 2.6.32 to 5.2 tells score and sizes in two lines", () => {
    const text = `
[ 9.000001] demo_app invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0
[ 9.000002] [ pid ]   uid  tgid total_vm      rss cpu oom_adj name
[ 9.000003] [  512]  1000   512    83291    52213   1       0 demo app
[ 9.000004] Out of memory: Kill process 512 (demo app) score 871 or sacrifice child
[ 9.000005] Killed process 512 (demo app) total-vm:333164kB, anon-rss:208400kB, file-rss:452kB
`.trimStart();
    const old = readKernel(text.replaceAll(" 9.00000", "    9.00000"));
    expect(fieldsOf(old, "process score victim victimPid totalVmKb scope")).toBe(
      "oom-kill process=demo_app score=871 victim=demo app victimPid=512 totalVmKb=333164 scope=machine",
    );
    expect(old.tables[0]?.rows[0]?.cells.map((cell) => cell.text)).toEqual(
      "512 1000 512 83291 52213 1 0".split(" ").concat("demo app"),
    );
  });

  test("is seen where the log begins with the kill", () => {
    const text =
      "[    9.000001] Out of memory: Killed process 512 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:471kB oom_score_adj:-5\n";
    expect(fieldsOf(readKernel(text), "victim victimUid pageTablesKb victimScoreAdj")).toBe(
      "oom-kill victim=a victimUid=1000 pageTablesKb=471 victimScoreAdj=-5",
    );
  });

  test("that kills twice makes two records", () => {
    const kill = (pid: number) =>
      `[    9.00000${pid}] Memory cgroup out of memory: Killed process ${pid} (a) total-vm:8kB, anon-rss:4kB\n`;
    expect(fieldsOf(readKernel(kill(1) + kill(2)), "victimPid scope")).toBe(
      "oom-kill victimPid=1 scope=group\noom-kill victimPid=2 scope=group",
    );
  });
});
