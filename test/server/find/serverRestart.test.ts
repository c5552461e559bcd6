import { expect, test } from "vitest";
import { serverRestart } from "../../../server/src/find/serverRestart";
import { log } from "../fixture";
import { foundIn } from "./findings";
import { kept, shown, source } from "./sources";

const restarts = (text: string) => foundIn(serverRestart, [source(text)]);

test("one restart of eight processes, with its gap", () => {
  const [found, ...more] = restarts(kept("lighttpd/joined-1.4.13-to-1.4.18.log"));
  expect(more).toEqual([]);
  expect(found?.values).toEqual({
    stopped: 8,
    started: 1,
    gapSeconds: 2,
    from: "2008-01-09T11:20:15",
    to: "2008-01-09T11:20:17",
  });
  expect(shown(found!)).toHaveLength(9);
});

test("a reload of Apache is no restart, a stop and a start are", () => {
  const found = restarts(kept("apache/event-2.4.71.error.log"));
  expect(found.map(({ values }) => [values.from, values.to])).toEqual([
    ["2026-11-20T21:38:06.456327", "2026-11-20T21:38:08.495207"],
  ]);
  expect(restarts(kept("apache/captured/apache-2.4.71-prefork-restarts.log"))).toEqual([]);
});

test("a graceful stop of lighttpd counts once", () => {
  const [found] = restarts(kept("lighttpd/error-1.4.45-bionic.log"));
  expect(found?.values).toMatchObject({ stopped: 1, gapSeconds: 4 });
});

test("a parent that died and was started again is a start without a stop", () => {
  const [found] = restarts(log`
    [Sat Jan 01 06:25:02.000001 2022] [mpm_prefork:notice] [pid 1200] AH00171: Graceful restart requested, doing restart
    libgomp: could not create thread pool destructor.
    [Sat Jan 01 09:00:00.000001 2022] [mpm_prefork:notice] [pid 1900] AH00163: Apache/2.4.41 (Ubuntu) configured -- resuming normal operations
    `);
  expect(found?.values).toEqual({
    stopped: 0,
    started: 1,
    gapSeconds: null,
    from: null,
    to: "2022-01-01T09:00:00.000001",
  });
});

test("the first start of a log is no restart", () => {
  expect(restarts("2020-02-02 10:00:00: (server.c.1) server started (lighttpd/1.4.69)")).toEqual(
    [],
  );
  expect(restarts("2020-02-02 10:00:00: (server.c.1) server stopped by UID = 0 PID = 1")).toEqual(
    [],
  );
});

test("two starts, one stop between: two findings only where two restarts are", () => {
  const found = restarts(log`
    2020-02-02 10:00:00: (server.c.1) server started (lighttpd/1.4.69)
    2020-02-02 10:10:00: (server.c.1) server started (lighttpd/1.4.69)
    2020-02-02 10:20:00: (server.c.1) server stopped by UID = 0 PID = 1
    2020-02-02 12:00:00: (server.c.1) server stopped by UID = 0 PID = 1
    2020-02-02 12:00:01: (server.c.1) server started (lighttpd/1.4.69)
    `);
  expect(found.map(({ values }) => [values.stopped, values.gapSeconds])).toEqual([
    [0, null],
    [1, 1],
  ]);
});
