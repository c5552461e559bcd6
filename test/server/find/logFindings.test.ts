import fc from "fast-check";
import { expect, test } from "vitest";
import { findAll } from "../../../server/src/find/find";
import type { Finding, NamedReading, Value } from "../../../server/src/find/finding";
import { dyingBackends, kept, source } from "./sources";

const KINDS = new Set([
  "reload-count",
  "backend-outage",
  "server-restart",
  "worker-pool",
  "worker-replacement",
  "child-death",
  "child-exits",
  "semaphore-listing",
  "slow-clients",
]);

const found = (sources: readonly NamedReading[]): Finding[] =>
  findAll(sources).filter(({ kind }) => KINDS.has(kind));

/** Lines of real logs and listings, to be put together anyhow. */
const LINES = [
  ...kept("lighttpd/joined-1.4.13.log")
    .trim()
    .split(/ (?=2008-)/),
  ...kept("lighttpd/joined-1.4.13-to-1.4.18.log")
    .trim()
    .split(/ (?=2008-)/),
  ...kept("tables/ps-joined-1.4.18.txt")
    .trim()
    .split(/ (?=lighttpd \d)/),
  ...kept("tables/ipcs.txt").split("\n"),
  ...kept("apache/prefork-2.4.71.error.log").split("\n").slice(25, 50),
  ...kept("kernel/dmesg-T.txt").split("\n"),
  "libgomp: could not create thread pool destructor.",
  "[Fri Nov 20 21:38:30 2026] [core:notice] [pid 1] AH00051: child pid 26698 exit signal Segmentation fault (11)",
  "#0  0x00007f196eb21ad8 in main () from /lib/libc.so.6",
  "Attaching to process 26698",
  "",
];

const separator = fc.constantFrom("\n", "\n", "\n", "\n> ", " ", "\r\n", "\n| ");
const piece = fc
  .tuple(fc.constantFrom(...LINES), fc.option(fc.nat(160), { freq: 5, nil: null }), separator)
  .map(([line, cut, end]) => (cut === null ? line : line.slice(0, cut)) + end);
/** Listings lose rows, but a row alone is none. */
const listing = (head: string, rows: readonly string[]) =>
  fc.subarray([...rows]).map((some) => `${[head, ...some].join("\n")}\n`);
const processLists = ["tables/ps-joined-1.4.13.txt", "tables/ps-joined-1.4.18.txt"].map((name) => {
  const [head = "", ...rows] = kept(name)
    .trim()
    .split(/ (?=lighttpd \d)/);
  return listing(head, rows);
});
const ipcs = kept("tables/ipcs.txt").split("\n");
const semaphores = listing(ipcs.slice(5, 7).join("\n"), ipcs.slice(7, 13));
const part = fc.oneof({ arbitrary: piece, weight: 20 }, ...processLists, semaphores);
const text = fc.array(part, { maxLength: 60, size: "max" }).map((parts) => parts.join(""));
const texts = fc.array(text, { minLength: 1, maxLength: 3 });

const open = (all: readonly string[]): NamedReading[] => all.map((one, i) => source(one, `${i}`));

test("evidence stands in its text, in order, whatever the texts are", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const sources = open(all);
      for (const { evidence, kind, summary, values } of found(sources)) {
        expect(evidence.length, kind).toBeGreaterThan(0);
        expect(evidence.length, kind).toBeLessThanOrEqual(50);
        expect(summary, kind).not.toMatch(/\b(?:undefined|NaN|null)\b/);
        expect(JSON.parse(JSON.stringify(values)), kind).toEqual(values);
        for (const { source: from, span, says } of evidence) {
          const at = sources.indexOf(from);
          expect(at, kind).toBeGreaterThanOrEqual(0);
          expect(span.from, kind).toBeLessThan(span.to);
          expect(span.to, kind).toBeLessThanOrEqual(from.reading.clean.text.length);
          expect(says).not.toBe("");
        }
        expect(
          evidence.map((place) => position(sources, place)),
          kind,
        ).toEqual(evidence.map((place) => position(sources, place)).sort((a, b) => a - b));
      }
    }),
    { numRuns: 150 },
  );
});

test("the texts that are tried so have all kinds in them", () => {
  const kinds = new Set(
    fc
      .sample(texts, { numRuns: 200, seed: 7 })
      .flatMap((all) => found(open(all)).map(({ kind }) => kind)),
  );
  expect([...kinds].sort()).toEqual([...KINDS].sort());
});

const position = (sources: readonly NamedReading[], place: Finding["evidence"][number]): number =>
  sources.indexOf(place.source) * 1e9 + place.span.from;

test("counts agree with the records and rows that were read", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const sources = open(all);
      const findings = found(sources);
      const records = sources.flatMap(({ reading }) => reading.records);
      const ofServers = records.filter(({ format }) => format !== "kernel");
      const named = (kind: string): number =>
        ofServers.filter(
          (record) => record.kind === kind && typeof record.fields.backend === "string",
        ).length;
      expect(sum(findings, "backend-outage", "eof")).toBe(named("backend-eof"));
      expect(sum(findings, "backend-outage", "noResponse")).toBe(named("backend-no-response"));
      expect(sum(findings, "backend-outage", "reEnabled")).toBe(named("backend-re-enabled"));
      const count = (kind: string): number =>
        ofServers.filter((record) => record.kind === kind).length;
      expect(sum(findings, "child-exits", "count")).toBe(count("child-exit-signal"));
      expect(sum(findings, "slow-clients", "timeouts")).toBe(
        count("write-timeout") + count("timeout"),
      );
      expect(sum(findings, "server-restart", "stopped")).toBeLessThanOrEqual(
        count("server-stop") + count("stop") + count("graceful-stop"),
      );
      const rows = sources.flatMap(({ reading }) =>
        reading.tables.flatMap(({ kind, rows }) => (kind === "semaphore-list" ? rows : [])),
      );
      expect(sum(findings, "semaphore-listing", "arrays")).toBe(rows.length);
      for (const { kind, values } of findings) {
        if (kind !== "worker-pool" || values.idle === null) continue;
        expect((values.idle as number) + (values.used as number)).toBe(values.workers);
        expect((values.topShare ?? 0) as number).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 150 },
  );
});

const sum = (findings: readonly Finding[], kind: string, name: string): number =>
  findings
    .filter((finding) => finding.kind === kind)
    .reduce((total, { values }) => total + Number(values[name] as Value), 0);

test("the order of the texts changes no number", () => {
  const parts = [
    kept("lighttpd/joined-1.4.13.log"),
    kept("tables/ps-joined-1.4.13.txt"),
    kept("apache/prefork-2.4.71.error.log"),
    kept("kernel/dmesg-T.txt"),
    kept("tables/ipcs.txt"),
  ];
  const numbers = (all: readonly string[]): string[] =>
    found(open(all))
      .map(({ kind, values }) => `${kind} ${JSON.stringify(values)}`)
      .sort();
  expect(numbers([...parts].reverse())).toEqual(numbers(parts));
});

test("the published incident as a whole: what is found of it, and nothing else", () => {
  const kinds = found([source(dyingBackends())]).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(
    [
      ...Array(4).fill("backend-outage"),
      "server-restart",
      "slow-clients",
      ...Array(2).fill("worker-pool"),
      ...Array(2).fill("worker-replacement"),
    ].sort(),
  );
});
