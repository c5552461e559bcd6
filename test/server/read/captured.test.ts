import { describe, expect, test } from "vitest";
import { lighttpdVersions } from "../../../server/src/read/lighttpd/versions";
import type { LogRecord, Reading } from "../../../server/src/read/model";
import { read } from "../../../server/src/read/read";
import { fixture } from "./logs";

/** What test/capture noted down about a log when it made it. */
interface Facts {
  readonly file: string;
  readonly scenario: string;
  readonly version: string;
  readonly killed: readonly { readonly pid: number; readonly signal: string }[];
}

const factsOf = (server: string): Facts[] => JSON.parse(fixture(`${server}/captured/facts.json`));

const readLog = (server: string, { file }: Facts): Reading =>
  read(fixture(`${server}/captured/${file}`));

const [APACHE, LIGHTTPD, HAPROXY] = ["apache", "lighttpd", "haproxy"].map(factsOf) as [
  Facts[],
  Facts[],
  Facts[],
];

/** The lines of the log with which no record begins or goes on. */
const linesWithoutRecord = ({ clean, records }: Reading): string[] =>
  records
    .reduce((rest, { span }) => rest.replace(clean.text.slice(span.from, span.to), ""), clean.text)
    .split("\n")
    .filter((line) => line.trim() !== "");

/** `scenario: kind kind ...`, a kind that follows itself counted. */
function story(server: string, facts: Facts): string {
  const runs: { kind: string; count: number }[] = [];
  for (const { kind } of readLog(server, facts).records) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.count++;
    else runs.push({ kind, count: 1 });
  }
  const told = runs.map(({ kind, count }) => (count > 1 ? `${kind} (${count})` : kind));
  return `${facts.scenario}: ${told.join(", ")}`;
}

const recordsOf = (reading: Reading, kind: string): readonly LogRecord[] =>
  reading.records.filter((record) => record.kind === kind);

// That two children write in the same moment, and the later entry stands first, is no damage.
const DAMAGE: ReadonlySet<string> = new Set([
  "truncated-record",
  "number-too-large",
  "impossible-date",
]);

describe.each([
  { server: "apache", section: "apache-error-log", all: APACHE },
  { server: "lighttpd", section: "lighttpd-error-log", all: LIGHTTPD },
])("a log captured from $server", ({ server, section, all }) => {
  test.each(all)("$scenario: every line is an entry of a named kind", (facts) => {
    const reading = readLog(server, facts);
    expect(reading.sections.map(({ kind }) => kind)).toEqual([section]);
    expect(linesWithoutRecord(reading)).toEqual([]);
    expect(recordsOf(reading, "other").map(({ message }) => message)).toEqual([]);
    expect(reading.problems.filter(({ code }) => DAMAGE.has(code))).toEqual([]);
  });
});

test("Apache's logs tell in kinds what was done to the server", () => {
  expect(APACHE.map((facts) => story("apache", facts)).join("\n")).toMatchInlineSnapshot(`
    "prefork-restarts: start, server-built, command-line, graceful-restart, start, server-built, command-line, restart, start, server-built, command-line, pid-file-removed, graceful-stop
    prefork-children-killed: start, server-built, command-line, child-exit-signal (3), pid-file-removed, stop
    prefork-workers-exhausted: start, server-built, command-line, workers-exhausted, backend-eof (4), proxy-connect-failed (2), pid-file-removed, stop
    prefork-backend-refused: start, server-built, command-line, proxy-connect-failed (6), pid-file-removed, stop
    prefork-backend-dies: start, server-built, command-line, backend-eof (8), backend-timeout, pid-file-removed, stop
    prefork-unfinished-requests: start, server-built, command-line, timeout (3), request-body-failed, pid-file-removed, stop
    event-restarts: start, server-built, command-line, graceful-restart, start, server-built, command-line, restart, start, server-built, command-line, pid-file-removed, graceful-stop
    event-children-killed: start, server-built, command-line, child-exit-signal (3), pid-file-removed, stop
    event-workers-exhausted: start, server-built, command-line, workers-exhausted, backend-eof (6), pid-file-removed, stop
    event-backend-refused: start, server-built, command-line, proxy-connect-failed (6), pid-file-removed, stop
    event-backend-dies: start, server-built, command-line, backend-eof (8), backend-timeout, pid-file-removed, stop
    event-unfinished-requests: start, server-built, command-line, timeout (3), request-body-failed, pid-file-removed, stop"
  `);
});

test("lighttpd's logs tell in kinds what was done to the server", () => {
  expect(LIGHTTPD.map((facts) => story("lighttpd", facts)).join("\n")).toMatchInlineSnapshot(`
    "start-stop: server-start, logs-cycled, graceful-stop, server-stop, server-start, server-stop
    backend-dies: server-start, backend-eof, backend-child-exited, backend-connect-failed, backend-no-response, backend-eof, backend-broke-off, backend-child-signal, backend-connect-failed, backend-eof, backend-no-response, backend-child-signal, backend-connect-failed, backend-eof, backend-no-response, server-stop
    backend-killed: server-start, backend-child-signal, backend-connect-failed, backend-child-signal, server-stop
    backend-refused: server-start, backend-connect-failed, backend-all-down, backend-re-enabled, server-stop
    backend-queue-full: server-start, backend-write-failed (2), backend-read-failed, backend-reconnect, backend-write-failed (2), backend-read-failed, backend-reconnect, backend-write-failed (2), backend-read-failed, backend-reconnect, backend-write-failed (2), backend-read-failed, backend-reconnect, backend-write-failed (2), backend-read-failed, backend-reconnect, backend-write-failed (2), backend-read-failed, backend-no-response, server-stop"
  `);
});

test.each(APACHE)(
  "$scenario: the children that were killed, and nothing else, are crashes",
  (facts) => {
    const crashes = readLog("apache", facts).records.filter(({ crash }) => crash);
    const killed = crashes.map(({ fields }) => ({ pid: fields.child, signal: fields.signalName }));
    expect(killed).toEqual(facts.killed);
  },
);

test("one application that dies and then does not answer is one backend in all entries", () => {
  const facts = APACHE.find(({ scenario }) => scenario === "prefork-backend-dies") as Facts;
  const dispatched = readLog("apache", facts).records.filter(({ code }) => code === "AH01075");
  expect(dispatched.map(({ kind }) => kind)).toEqual([
    "backend-eof",
    "backend-eof",
    "backend-eof",
    "backend-timeout",
  ]);
  const [backend, ...others] = new Set(dispatched.map(({ fields }) => fields.backend));
  expect(backend).toMatch(/^:\d+$/);
  expect(others).toEqual([]);
});

test("lighttpd names the signals that ended its application", () => {
  const facts = LIGHTTPD.find(({ scenario }) => scenario === "backend-killed") as Facts;
  const ends = recordsOf(readLog("lighttpd", facts), "backend-child-signal");
  expect(ends.map(({ fields }) => fields.signalName)).toEqual(
    facts.killed.map(({ signal }) => signal),
  );
});

test("the source lines of lighttpd's entries alone lead to its release", () => {
  const records = LIGHTTPD.flatMap((facts) => readLog("lighttpd", facts).records);
  const unnamed = records.filter(({ kind }) => kind !== "server-start");
  const releases = new Set(LIGHTTPD.map(({ version }) => version));
  expect(lighttpdVersions(unnamed).flatMap(({ versions }) => versions)).toEqual([...releases]);
});

test.each(HAPROXY)("$scenario: no other format claims a line of HAProxy's log", (facts) => {
  const { records, processes, tables, prompts } = readLog("haproxy", facts);
  const foreign = records.filter(({ format }) => format !== "haproxy");
  expect({ foreign, processes, tables, prompts }).toEqual({
    foreign: [],
    processes: [],
    tables: [],
    prompts: [],
  });
});
