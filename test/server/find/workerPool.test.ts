import { expect, test } from "vitest";
import { workerPool } from "../../../server/src/find/workerPool";
import { log } from "../fixture";
import { foundIn } from "./findings";
import { dyingBackends, kept, shown, source } from "./sources";

const pools = (...texts: string[]) =>
  foundIn(
    workerPool,
    texts.map((text, i) => source(text, `${i}`)),
  );

const BEFORE = {
  workers: 20,
  spawner: 30189,
  parent: 1,
  idle: 14,
  used: 6,
  idleResidentKiB: 803840,
  usedResidentKiB: 1320376,
  usedMeanResidentKiB: 220063,
  idleRangeKiB: [57412, 57420],
  usedRangeKiB: [207184, 237152],
  totalResidentKiB: 2124216,
  withSpawnerKiB: 2147536,
  meanResidentKiB: 106211,
  cpuSeconds: 1291,
  topPid: 5059,
  topCpuSeconds: 1073,
  topShare: 83.1,
  startedToday: [32106, 32164, 5059, 8606],
  startedEarlier: 16,
  snapshotFrom: "12:26:53",
  snapshotTo: "12:27:56",
  ports: [7000, 7019],
  checkSeconds: 5,
};

const AFTER = {
  workers: 20,
  spawner: 11946,
  parent: 1,
  idle: 0,
  used: 20,
  usedRangeKiB: [218672, 317356],
  totalResidentKiB: 4688440,
  withSpawnerKiB: 4711688,
  meanResidentKiB: 234422,
  cpuSeconds: 6690,
  topPid: 12774,
  topCpuSeconds: 1108,
  topShare: 16.6,
  startedToday: [12774, 12776, 11144, 14011, 14515, 17360, 21006, 23795],
  startedEarlier: 12,
  snapshotFrom: "13:08:04",
  snapshotTo: "13:10:04",
};

const UNKNOWN = { logBy: null, deathsLogged: null, replaced: null, replacedUnlogged: null };

test("each published list alone", () => {
  const [before] = pools(kept("tables/ps-joined-1.4.13.txt"));
  expect(before?.values).toEqual({ ...BEFORE, ...UNKNOWN, replacedAt: null });
  expect(before?.summary).toBe("20 workers, 6 used and 14 idle, 2.03 GiB together");
  const [after] = pools(kept("tables/ps-joined-1.4.18.txt"));
  expect(after?.values).toMatchObject({ ...AFTER, ...UNKNOWN });
  expect(after?.summary).toContain("4.47 GiB");
});

test("both lists beside their logs: the log counts one end of six", () => {
  const [before, after, ...more] = pools(dyingBackends());
  expect(more).toEqual([]);
  expect(before?.values).toMatchObject({
    ...BEFORE,
    logBy: "order",
    deathsLogged: 2,
    replaced: null,
    replacedUnlogged: null,
  });
  expect(after?.values).toMatchObject({
    ...AFTER,
    logBy: "order",
    deathsLogged: 1,
    replaced: 6,
    replacedAt: ["11:25", "11:44", "11:49", "12:16", "12:46", "12:59"],
    replacedUnlogged: 5,
  });
});

test("lists and logs that were quoted in a mail", () => {
  const quoted = dyingBackends()
    .split(/ (?=lighttpd \d|2008-)|\n/)
    .map((line) => `> ${line}`)
    .join("\n");
  const [before, after] = pools(quoted);
  expect(before?.values).toMatchObject({ ...BEFORE, logBy: "order" });
  expect(after?.values).toMatchObject({ ...AFTER, replaced: 6, replacedUnlogged: 5 });
});

test("what is cut off a list is not counted, and a process of a second says nothing of the time", () => {
  const rows = kept("tables/ps-joined-1.4.13.txt")
    .trim()
    .split(/ (?=lighttpd \d)/);
  const [cut] = pools(`${rows.slice(0, 9).join("\n")}\nlighttpd 30218 1 0 588`);
  expect(cut?.values).toMatchObject({ workers: 7, snapshotFrom: null, snapshotTo: null });
  const fresh =
    "lighttpd 9 1 99 1 60000 0 12:00 ? 00:00:01 /usr/bin/ruby /home/lighttpd/theinspirit.com/current/public/dispatch.fcgi";
  const [pool] = pools([...rows, fresh].join("\n"));
  expect(pool?.values).toMatchObject({
    workers: 21,
    snapshotFrom: "12:26:53",
    snapshotTo: "12:27:56",
  });
});

test("lists and logs in texts of their own are brought together by the times", () => {
  const found = pools(
    kept("tables/ps-joined-1.4.18.txt"),
    kept("lighttpd/joined-1.4.13-to-1.4.18.log"),
    kept("lighttpd/joined-1.4.13.log"),
    kept("tables/ps-joined-1.4.13.txt"),
  );
  expect(found.map(({ values }) => [values.logBy, values.deathsLogged, values.replaced])).toEqual([
    ["time", 1, 6],
    ["time", 2, null],
  ]);
});

test("which of two logs is meant stays open where nothing tells", () => {
  const entries = kept("lighttpd/joined-1.4.13-to-1.4.18.log");
  const ofOtherHost = entries.replaceAll("127.0.0.1", "10.0.0.1");
  const [pool] = pools(kept("tables/ps-joined-1.4.18.txt"), entries, ofOtherHost);
  expect(pool?.values).toMatchObject(UNKNOWN);
});

test("a log of several days has no day for a list's times", () => {
  const entries = kept("lighttpd/joined-1.4.13-to-1.4.18.log");
  const [pool] = pools(
    kept("tables/ps-joined-1.4.18.txt"),
    entries.replace("2008-01-09", "2008-01-08"),
  );
  expect(pool?.values).toMatchObject(UNKNOWN);
});

test("a list of the day after has another day's times", () => {
  const list = kept("tables/ps-joined-1.4.18.txt").replaceAll("Jan08", "Jan09");
  const [pool] = pools(list, kept("lighttpd/joined-1.4.13-to-1.4.18.log"));
  expect(pool?.values).toMatchObject(UNKNOWN);
});

test("a server's children and their parent, of a tree, with fewer columns", () => {
  const [pool] = pools(log`
    UID        PID  PPID  C STIME TTY          TIME CMD
    root      1200     1  0 10:00 ?        00:00:01 /usr/sbin/httpd -DFOREGROUND
    apache    1201  1200  0 10:00 ?        00:00:00  \_ /usr/sbin/httpd -DFOREGROUND
    apache    1202  1200  0 10:00 ?        00:00:00  \_ /usr/sbin/httpd -DFOREGROUND
    apache    1203  1200  0 10:00 ?        00:00:00  \_ /usr/sbin/httpd -DFOREGROUND
    root      1300   999  0 11:00 pts/0    00:00:00 grep httpd
    `);
  expect(pool?.values).toMatchObject({
    workers: 3,
    spawner: 1200,
    parent: 1200,
    idle: 3,
    used: 0,
    totalResidentKiB: null,
    withSpawnerKiB: null,
    meanResidentKiB: null,
    cpuSeconds: 0,
    topPid: null,
    topShare: null,
    snapshotFrom: null,
    ports: null,
  });
  expect(shown(pool!)).toHaveLength(4);
});

test("without a column for parents root's process is the parent; without times nobody is called idle", () => {
  const [pool] = pools(log`
    USER       PID   RSS COMMAND
    root      1200  9000 nginx: worker process
    www-data  1201 70000 nginx: worker process
    www-data  1202 71000 nginx: worker process
    www-data  1203 72000 nginx: worker process
    `);
  expect(pool?.values).toMatchObject({
    workers: 3,
    spawner: 1200,
    parent: null,
    idle: null,
    used: null,
    totalResidentKiB: 213000,
    withSpawnerKiB: 222000,
    cpuSeconds: null,
    startedToday: [],
    startedEarlier: 0,
  });
});

test("a small worker that has computed is no idle one", () => {
  const [pool] = pools(log`
    PID   RSS     TIME COMMAND
    1     70000 00:10:00 /srv/app
    2     70000 00:12:00 /srv/app
    3    500000 00:09:00 /srv/app
    4     60000 00:00:01 /srv/app
    `);
  expect(pool?.values).toMatchObject({ idle: 1, used: 3, usedResidentKiB: 640000 });
});

test("the share of ps aux has a decimal", () => {
  const row = (pid: number, share: string, time: string) =>
    `web ${pid} ${share} 0.1 9000 8000 ? S 10:00 ${time} /srv/app`;
  const [pool] = pools(
    [
      "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND",
      row(11, "10.0", "6:00"),
      row(12, "0.0", "0:00"),
      row(13, "0.0", "0:00"),
    ].join("\n"),
  );
  // 360 seconds are 10.0 to 10.1 per cent of 3564 to 3600 seconds.
  expect(pool?.values).toMatchObject({ snapshotFrom: "10:59:24", snapshotTo: "11:00:59" });
});

test("no pool where no command is run three times", () => {
  expect(
    pools("UID PID PPID C STIME TTY TIME CMD\nroot 1 0 0 10:00 ? 00:00:01 /sbin/init"),
  ).toEqual([]);
  expect(pools("", kept("tables/ipcs.txt"))).toEqual([]);
});
