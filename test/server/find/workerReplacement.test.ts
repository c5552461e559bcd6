import { expect, test } from "vitest";
import { workerReplacement } from "../../../server/src/find/workerReplacement";
import { foundIn } from "./findings";
import { dyingBackends, kept, shown, source } from "./sources";

const replacements = (...texts: string[]) =>
  foundIn(
    workerReplacement,
    texts.map((text, i) => source(text, `${i}`)),
  );

test("the two workers whose start the logs explain", () => {
  const found = replacements(dyingBackends());
  expect(found.map(({ values }) => values)).toEqual([
    {
      pid: 5059,
      started: "11:47",
      backend: "tcp:127.0.0.1:7000",
      time: "2008-01-09T11:47:11",
      logBy: "order",
      sameDayAssumed: true,
    },
    {
      pid: 14011,
      started: "11:44",
      backend: "tcp:127.0.0.1:7012",
      time: "2008-01-09T11:44:38",
      logBy: "order",
      sameDayAssumed: true,
    },
  ]);
  expect(found.every(({ summary }) => summary.includes("if list and log are of one day"))).toBe(
    true,
  );
  const [first, second] = found.map(shown);
  expect(first?.map((line) => line.slice(0, 13))).toEqual([
    "2008-01-09 11",
    "2008-01-09 11",
    "lighttpd 5059",
  ]);
  expect(second?.[0]).toContain("lighttpd 14011");
  expect(second?.[1]).toContain("7012");
});

test("over several texts, each with its own evidence", () => {
  const [found, ...more] = replacements(
    kept("tables/ps-joined-1.4.18.txt"),
    kept("lighttpd/joined-1.4.13-to-1.4.18.log"),
  );
  expect(more).toEqual([]);
  expect(found?.values).toMatchObject({ pid: 14011, logBy: "only" });
  expect(found?.evidence.map((place) => place.source.path)).toEqual(["0", "1"]);
});

test("two texts of one log and list do not pair crosswise", () => {
  const pair = [kept("lighttpd/joined-1.4.13.log"), kept("tables/ps-joined-1.4.13.txt")].join("\n");
  const other = [
    kept("tables/ps-joined-1.4.18.txt"),
    kept("lighttpd/joined-1.4.13-to-1.4.18.log"),
  ].join("\n");
  const found = replacements(pair, other);
  expect(found.map(({ values }) => [values.pid, values.backend])).toEqual([
    [5059, "tcp:127.0.0.1:7000"],
    [14011, "tcp:127.0.0.1:7012"],
  ]);
});

const death = (time: string, port: number): string =>
  `2020-02-02 ${time}: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:${port}`;

const listOf = (...starts: string[]): string =>
  [
    "UID PID PPID C STIME TTY TIME CMD",
    ...starts.map((start, i) => `web ${100 + i} 1 0 ${start} ? 00:00:01 /srv/dispatch.fcgi`),
  ].join("\n");

test("a worker may start in the minute after, and replaces only one", () => {
  const found = replacements(
    [death("10:00:45", 1), death("10:00:50", 2), death("10:20:10", 3)].join("\n"),
    listOf("10:01", "10:19", "10:21"),
  );
  expect(found.map(({ values }) => [values.pid, values.backend])).toEqual([
    [100, "tcp:127.0.0.1:1"],
  ]);
});

test("nothing without a list, without a log, or without an end", () => {
  expect(replacements(kept("lighttpd/joined-1.4.13.log"))).toEqual([]);
  expect(replacements(listOf("10:00", "10:01", "10:02"))).toEqual([]);
  const restart = "2020-02-02 10:00:00: (log.c.75) server started";
  expect(replacements(restart, listOf("10:00", "10:01", "10:02"))).toEqual([]);
});
