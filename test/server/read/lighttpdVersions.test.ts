import { describe, expect, test } from "vitest";
import { lighttpdVersions, versionsOf } from "../../../server/src/read/lighttpd/versions";
import { log } from "../fixture";
import { fixture, readLighttpd } from "./logs";

/** `time of the first record: releases` of every run. */
const runs = (text: string): string => {
  const { records } = readLighttpd(text);
  return lighttpdVersions(records)
    .map(({ from, to, versions }) => `${records[from]?.time} +${to - from}: ${versions.join(" ")}`)
    .join("\n");
};

describe("a source line", () => {
  test.each([
    ["mod_fastcgi.c", 2396, "1.4.13"],
    ["mod_fastcgi.c", 2462, "1.4.18"],
    ["server.c", 1253, "1.4.18"],
    ["../../src/gw_backend.c", 2168, "1.4.79"],
  ])("%s:%i is of one release", (file, line, release) => {
    expect(versionsOf(file, line)).toContain(release);
  });

  test("that many releases have names them all", () => {
    expect(versionsOf("log.c", 75)).toMatchInlineSnapshot(`
      [
        "1.4.5",
        "1.4.6",
        "1.4.7",
        "1.4.8",
        "1.4.9",
        "1.4.10",
        "1.4.11",
        "1.4.12",
        "1.4.13",
        "1.4.14",
        "1.4.15",
        "1.4.16",
        "1.4.17",
        "1.4.18",
        "1.4.19",
        "1.4.24",
        "1.4.25",
        "1.4.26",
        "1.4.27",
        "1.4.28",
        "1.4.29",
        "1.4.30",
        "1.4.31",
        "1.4.32",
        "1.4.33",
        "1.4.34",
        "1.4.35",
        "1.4.36",
      ]
    `);
  });

  test("that no release has names none", () => {
    expect([versionsOf("log.c", 1), versionsOf("constructor", 1)]).toEqual([[], []]);
  });
});

describe("a log", () => {
  test.each([
    "1.4.35-xenial",
    "1.4.45-bionic",
    "1.4.55-focal",
    "1.4.63-jammy",
    "1.4.69-debian12",
    "1.4.74-noble",
    "1.4.79-trixie",
  ])("of %s is known by its lines", (build) => {
    // The start line names the release since 1.4.46; without it the lines alone must do.
    const text = fixture(`lighttpd/error-${build}.log`).replaceAll(
      /server started.*/g,
      "server started",
    );
    const versions = lighttpdVersions(readLighttpd(text).records).map((run) => run.versions);
    expect(versions).toEqual([[build.split("-")[0]]]);
  });

  test("that spans an upgrade changes at the start of the new server, not at its first odd line", () => {
    expect(runs(fixture("lighttpd/joined-1.4.13-to-1.4.18.log"))).toMatchInlineSnapshot(`
      "2008-01-09T11:05:13 +10: 1.4.13
      2008-01-09T11:20:17 +10: 1.4.18"
    `);
  });

  test("without a start changes at the first line that the old release does not have", () => {
    expect(
      runs(log`
        2008-01-09 11:05:13: (mod_fastcgi.c.2635) fcgi-server re-enabled: tcp:127.0.0.1:7000
        2008-01-09 11:44:38: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:7012
      `),
    ).toMatchInlineSnapshot(`
      "2008-01-09T11:05:13 +1: 1.4.13 1.4.17
      2008-01-09T11:44:38 +1: 1.3.14 1.3.15 1.4.18"
    `);
  });

  test("of a build of one's own names no release, and of no entries nothing at all", () => {
    expect(runs("2008-01-09 11:05:13: (mod_mine.c.1) hello")).toBe("2008-01-09T11:05:13 +1: ");
    expect(runs("hello")).toBe("");
  });
});
