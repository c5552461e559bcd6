import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { boundedResources } from "../../../server/src/find/logs/resources";
import { reloadCount } from "../../../server/src/find/reloadCount";
import { apacheKinds } from "../../../server/src/read/apache/record";
import { log } from "../fixture";
import { foundIn } from "./findings";
import { kept, shown, source } from "./sources";

const reloads = (...texts: string[]) =>
  foundIn(
    reloadCount,
    texts.map((text, i) => source(text, `${i}`)),
  );

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An entry of Apache's at a time, by its parent process 1200 unless another is given. */
function entry(time: string | number, message: string, pid = 1200): string {
  const date = new Date(time);
  const [day, clock] = [date.getUTCDate(), date.toISOString().slice(11, 23)];
  const stamp = `${WEEKDAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${String(day).padStart(2, "0")} ${clock}000 ${date.getUTCFullYear()}`;
  return `[${stamp}] [mpm_prefork:notice] [pid ${pid}] ${message}`;
}

const reload = (time: string | number, pid?: number): string =>
  entry(time, "AH00171: Graceful restart requested, doing restart", pid);
const start = (time: string | number, pid?: number): string =>
  entry(time, "AH00163: Apache/2.4.41 (Ubuntu) configured -- resuming normal operations", pid);
const stop = (time: string | number, pid?: number): string =>
  entry(time, "AH00169: caught SIGTERM, shutting down", pid);

const DAY = 86_400_000;
const HARD = "libgomp: could not create thread pool destructor.";

/** Reloads at equal distances, the last one at the given time. */
const series = (count: number, last: string, distance: number): string[] =>
  Array.from({ length: count }, (_, i) => reload(Date.parse(last) - (count - 1 - i) * distance));

test("the published pair of lines: no time, so no rate", () => {
  const [found, ...more] = reloads(
    log`AH00171: Graceful restart requested, doing restart libgomp: could not create thread pool destructor.`,
  );
  expect(more).toEqual([]);
  expect(found?.values).toEqual({
    code: "AH00171",
    kind: "graceful-restart",
    mpm: "prefork",
    count: 1,
    first: null,
    last: null,
    perDay: null,
    everySeconds: null,
    sinceStart: null,
    resource: "pthread keys",
    limit: 1024,
    exhausted: true,
    failed: null,
    leftDays: null,
    exhaustion: null,
    lastFullStartIfDaily: null,
  });
  expect(shown(found!)).toEqual([
    "AH00171: Graceful restart requested, doing restart",
    "libgomp: could not create thread pool destructor.",
  ]);
});

test("a failure on New Year's Day after daily reloads: the last full start", () => {
  const [alone] = reloads(`${reload("2022-01-01T06:25:01Z")}\n${HARD}`);
  expect(alone?.values).toMatchObject({
    perDay: null,
    exhausted: true,
    failed: "2022-01-01T06:25:01",
    lastFullStartIfDaily: "2019-03-14",
    leftDays: null,
    exhaustion: null,
  });
  const daily = [...series(30, "2022-01-01T06:25:01Z", DAY), HARD].join("\n");
  expect(reloads(daily)[0]?.values).toMatchObject({
    perDay: 1,
    lastFullStartIfDaily: "2019-03-14",
  });
  const twice = [...series(60, "2022-01-01T06:25:01Z", DAY / 2), HARD].join("\n");
  expect(reloads(twice)[0]?.values).toMatchObject({
    perDay: 2,
    lastFullStartIfDaily: "2020-08-07",
  });
  expect(reloads(twice)[0]?.summary).toContain("no more of the 1024 pthread keys");
});

test("reloads that use up every key in a day and in a day and a half", () => {
  for (const [every, perDay] of [
    [84.375, 1024],
    [126.5625, 682.67],
  ] as const) {
    const [found] = reloads(series(513, "2020-02-02T12:00:00Z", every * 1000).join("\n"));
    expect(found?.values.perDay).toBeCloseTo(perDay, 0);
    expect(found?.values.everySeconds).toBeCloseTo(every, 1);
    expect(found?.values.leftDays).toBeCloseTo(511 / perDay, 1);
  }
});

test("when the keys will be used up, from the last full start on", () => {
  const text = [
    reload("2021-01-01T06:00:00Z", 900),
    stop("2021-01-01T20:00:00Z", 900),
    start("2021-01-01T20:00:05Z"),
    ...series(24, "2021-01-25T06:00:00Z", DAY),
  ].join("\n");
  const [found] = reloads(text);
  expect(found?.values).toMatchObject({
    count: 25,
    sinceStart: 24,
    perDay: 1,
    leftDays: 1000,
    exhaustion: "2023-10-22",
    exhausted: false,
    lastFullStartIfDaily: null,
  });
  expect(found?.summary).toContain("none is left by 2023-10-22");
});

test("after the failure the server was started again, and the count began anew", () => {
  const [old, young] = [
    [...series(100, "2022-01-01T06:25:01Z", DAY), HARD].join("\n"),
    [
      HARD,
      start("2022-01-01T09:00:00Z", 1900),
      ...Array.from({ length: 24 }, (_, i) => reload(Date.parse("2022-01-02T06:25:01Z") + i * DAY)),
    ].join("\n"),
  ];
  const values = {
    count: 124,
    sinceStart: 24,
    exhausted: true,
    failed: "2022-01-01T06:25:01",
    lastFullStartIfDaily: "2019-03-14",
    leftDays: 1000,
    exhaustion: "2024-10-21",
  };
  expect(reloads(`${old}\n${young}`)[0]?.values).toMatchObject(values);
});

test("the failure in a log of its own is found where only one server's logs are open", () => {
  const old = series(10, "2022-01-01T06:25:01Z", DAY).join("\n");
  const failure = `${entry("2022-01-01T06:25:01.5Z", "AH00094: Command line: '/usr/sbin/apache2'")}\n${HARD}`;
  const [found] = reloads(failure, old);
  expect(found?.values).toMatchObject({ exhausted: true, lastFullStartIfDaily: "2019-03-14" });
  expect(shown(found!)[0]).toBe(HARD);
});

test("more reloads than there are keys did no harm: nothing is projected", () => {
  const [found] = reloads(series(1100, "2021-01-25T06:00:00Z", DAY).join("\n"));
  expect(found?.values).toMatchObject({ count: 1100, leftDays: null, exhaustion: null });
  expect(found?.evidence).toHaveLength(50);
});

test("a log that begins with a start does not show a full one: rotation begins logs so", () => {
  const text = [start("2021-01-24T06:00:01Z"), reload("2021-01-25T06:00:00Z")].join("\n");
  expect(reloads(text)[0]?.values).toMatchObject({ sinceStart: null, count: 1 });
});

test("rotated logs are counted together, however they are opened; one that is open twice once", () => {
  const all = series(40, "2021-02-09T06:00:00Z", DAY);
  const [old, young] = [all.slice(0, 25).join("\n"), all.slice(25).join("\n")];
  const found = reloads(young, old, young);
  expect(found).toHaveLength(1);
  expect(found[0]?.values).toMatchObject({ count: 40, perDay: 1 });
});

test("two servers' logs of the same days are two counts", () => {
  const one = series(10, "2021-02-09T06:00:00Z", DAY);
  const other = Array.from({ length: 5 }, (_, i) =>
    reload(Date.parse("2021-02-01T07:00:00Z") + i * DAY, 77),
  );
  const found = reloads(one.join("\n"), other.join("\n"));
  expect(found.map(({ values }) => values.count)).toEqual([10, 5]);
});

test("a test's reloads tell no rate, and hard restarts are counted apart", () => {
  const found = reloads(kept("apache/captured/apache-2.4.71-event-restarts.log"));
  expect(found.map(({ values }) => [values.code, values.mpm, values.count, values.perDay])).toEqual(
    [
      ["AH00493", "event", 1, null],
      ["AH00494", "event", 1, null],
    ],
  );
});

test("the failure is among the evidence of a thousand reloads", () => {
  const found = reloads([...series(1024, "2022-01-01T06:25:01Z", DAY), HARD].join("\n"));
  expect(found[0]?.evidence).toHaveLength(50);
  expect(shown(found[0]!).at(-1)).toBe(HARD);
});

test("the data keeps to its schema and names kinds of entries that there are", () => {
  const ajv = new Ajv({ strict: true, formats: { uri: /^https:\/\/\S+$/ } });
  const json = (file: string) => JSON.parse(readFileSync(`knowledge/${file}`, "utf8"));
  const validate = ajv.compile(json("schema/resources.schema.json"));
  validate(json("resources/glibc.json"));
  expect(validate.errors ?? []).toEqual([]);
  const kinds = new Set(apacheKinds.map(({ kind }) => kind));
  const named = boundedResources.flatMap(({ takenBy, exhaustedBy }) => [
    ...takenBy,
    ...exhaustedBy,
  ]);
  expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
});
