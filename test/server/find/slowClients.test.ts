import { expect, test } from "vitest";
import { slowClients } from "../../../server/src/find/slowClients";
import { foundIn } from "./findings";
import { kept, shown, source } from "./sources";

const found = (text: string) => foundIn(slowClients, [source(text)]);

test("clients that took too long, with the time of their last progress, and those that broke off", () => {
  const [clients, ...more] = found(kept("lighttpd/joined-1.4.13-to-1.4.18.log"));
  expect(more).toEqual([]);
  expect(clients?.values).toEqual({
    timeouts: 2,
    noise: 3,
    bytes: [34776, 36064],
    idleSeconds: 360,
    lastProgress: ["2008-01-09T13:05:15", "2008-01-09T13:05:27"],
  });
  expect(shown(clients!).map((line) => /\((\S+)\)/.exec(line)?.[1])).toEqual([
    "network_openssl.c.133",
    "connections.c.603",
    "server.c.1253",
    "server.c.1253",
    "connections.c.279",
  ]);
});

test("a log of backend failures alone has none", () => {
  expect(found(kept("lighttpd/joined-1.4.13.log"))).toEqual([]);
});

test("waits of different length have no one length", () => {
  const note = (time: string, wait: number) =>
    `2020-02-02 ${time}: (server.c.1253) NOTE: a request for /a timed out after writing 10 bytes. We waited ${wait} seconds. If this a problem increase server.max-write-idle`;
  const [clients] = found([note("00:00:10", 360), note("00:10:00", 60)].join("\n"));
  expect(clients?.values).toMatchObject({
    idleSeconds: null,
    lastProgress: ["2020-02-01T23:54:10", "2020-02-02T00:09:00"],
  });
});

test("clients of Apache", () => {
  const [clients] = found(kept("apache/captured/apache-2.4.71-event-unfinished-requests.log"));
  expect(clients?.values.timeouts).toBeGreaterThan(0);
});

test("a connection that was established is no trouble", () => {
  const [clients] = found(kept("apache/event-2.4.71.error.log"));
  expect(clients?.values).toMatchObject({ timeouts: 0, noise: 5 });
});
