import { expect, test } from "vitest";
import { backendOutage } from "../../../server/src/find/backendOutage";
import { foundIn } from "./findings";
import { dyingBackends, kept, shown, source } from "./sources";

const outages = (...texts: string[]) =>
  foundIn(
    backendOutage,
    texts.map((text, i) => source(text, `${i}`)),
  );

test("counts what 1.4.13 said of its only used backend, and how long the pause was", () => {
  const found = outages(kept("lighttpd/joined-1.4.13.log"));
  expect(found).toHaveLength(1);
  expect(found[0]?.values).toEqual({
    backend: "tcp:127.0.0.1:7000",
    eof: 4,
    noResponse: 4,
    refused: 2,
    timeouts: 0,
    reEnabled: 2,
    http500: 4,
    requestBytes: [1386, 1497, 1336, 1295],
    first: "2008-01-09T11:21:42",
    last: "2008-01-09T11:47:18",
    refusedToReEnabledSeconds: 6,
    eofToReEnabledSeconds: 7,
    externallySpawned: true,
  });
  expect(found[0]?.summary).toContain("6 seconds");
  expect(found[0]?.summary).toContain("no proof of life");
  expect(shown(found[0]!)).toHaveLength(12);
  expect(shown(found[0]!)[0]).toContain("2396) unexpected end-of-file");
});

test("keeps two servers' logs in one text apart", () => {
  const found = outages(dyingBackends());
  const counts = found.map(({ values: { backend, eof, noResponse, reEnabled, http500 } }) => [
    backend,
    eof,
    noResponse,
    reEnabled,
    http500,
  ]);
  expect(counts).toEqual([
    ["tcp:127.0.0.1:7000", 4, 4, 2, 4],
    ["tcp:127.0.0.1:7000", 0, 0, 2, 0],
    ["tcp:127.0.0.1:7012", 1, 1, 0, 1],
    ["tcp:127.0.0.1:7018", 1, 1, 0, 1],
  ]);
  expect(found.slice(2).map(({ values }) => values.requestBytes)).toEqual([[855], [1226]]);
  expect(found.map(({ values }) => values.externallySpawned)).toEqual([true, null, true, true]);
});

test("takes a log that other text interrupts as one", () => {
  const lines = kept("lighttpd/joined-1.4.13.log").split(/ (?=2008-)/);
  const interrupted = [...lines.slice(0, 5), "", "They wrote:", "", ...lines.slice(5)].join("\n");
  expect(outages(interrupted)[0]?.values).toMatchObject({ eof: 4, reEnabled: 2 });
});

test("reads entries that were quoted, and those that grep found", () => {
  const lines = kept("lighttpd/joined-1.4.13.log")
    .trim()
    .split(/ (?=2008-)/);
  const quoted = lines.map((line) => `> ${line}`).join("\n");
  expect(outages(quoted)[0]?.values).toMatchObject({
    eof: 4,
    noResponse: 4,
    refused: 2,
    reEnabled: 2,
  });
  const grepped = lines.map((line) => `/var/log/lighttpd/error.log:${line}`).join("\r\n");
  expect(outages(grepped)[0]?.values).toMatchObject({ eof: 4, refused: 2, reEnabled: 2 });
});

test("knows backends that lighttpd starts itself, and requests that were never sent", () => {
  const [dies] = outages(kept("lighttpd/captured/lighttpd-1.4.69-backend-dies.log"));
  expect(dies?.values).toMatchObject({
    eof: 4,
    noResponse: 3,
    http500: 3,
    externallySpawned: false,
  });
  const [full] = outages(kept("lighttpd/captured/lighttpd-1.4.69-backend-queue-full.log"));
  expect(full?.values).toMatchObject({ noResponse: 1, http500: 0, requestBytes: [0] });
});

test("measures the longest pause, also of a proxy", () => {
  const [, , proxy] = outages(kept("lighttpd/error-1.4.45-bionic.log"));
  expect(proxy?.values).toMatchObject({
    backend: "tcp:127.0.0.1:18198",
    refusedToReEnabledSeconds: 5,
    eofToReEnabledSeconds: null,
  });
  const entry = (time: string, text: string) => `2020-02-02 ${time}: (gw_backend.c.1) ${text}`;
  const failed = "establishing connection failed: socket: tcp:[::1]:9: Connection refused";
  const [longest] = outages(
    [
      entry("10:00:00", failed),
      entry("10:00:03", "gw-server re-enabled: tcp:[::1]:9 ::1 9"),
      entry("10:01:00", failed),
      entry("10:01:01", failed),
      entry("10:01:31", "gw-server re-enabled: tcp:[::1]:9 ::1 9"),
      entry("10:02:00", failed),
    ].join("\n"),
  );
  expect(longest?.values).toMatchObject({
    refused: 4,
    reEnabled: 2,
    refusedToReEnabledSeconds: 31,
  });
});

test("counts Apache's backends, where a failed request is not known to be a 500", () => {
  const found = outages(kept("apache/event-2.4.71.error.log"));
  expect(found.map(({ values }) => [values.backend, values.eof, values.refused])).toEqual([
    ["127.0.0.1:18099", 0, 1],
    ["127.0.0.1:18098", 0, 1],
    [":18080", 1, 0],
    ["127.0.0.1:18096", 1, 0],
  ]);
  expect(found.every(({ values }) => values.http500 === null)).toBe(true);
});

test("says nothing of a log without backends", () => {
  expect(outages(kept("apache/captured/apache-2.4.71-prefork-restarts.log"), "", "no log")).toEqual(
    [],
  );
});

test("a log of nothing but disorder stays one log", () => {
  const line = (hour: number) =>
    `2020-02-02 ${hour}:00:00: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:1.2.3.4:5`;
  const text = Array.from({ length: 400 }, (_, i) => line(10 + (i % 10))).join("\n");
  const found = outages(text);
  expect(found).toHaveLength(1);
  expect(found[0]?.values).toMatchObject({
    eof: 400,
    first: "2020-02-02T10:00:00",
    last: "2020-02-02T19:00:00",
  });
  expect(found[0]?.evidence).toHaveLength(50);
});
