import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Digest, makeDigest } from "../../../server/src/digest/digest";
import { cutPart } from "../../../server/src/digest/part";
import { placeInPart, placeOfEvidence } from "../../../server/src/digest/places";
import { searchProcesses } from "../../../server/src/digest/processes";
import { failLoudly } from "../../../server/src/find/find";
import { groupStacks } from "../../../server/src/find/groups";
import { shipped } from "../../../server/src/notes/judge";
import type { Reading } from "../../../server/src/read/model";
import { Positions } from "../../../server/src/read/positions";
import { read } from "../../../server/src/read/read";

const fixture = (name: string): string => readFileSync(`test/fixtures/${name}`, "utf8");

const fleet = readFileSync("examples/backtraces.save", "utf8");
const LOG = fixture("apache/event-2.4.71.error.log");
const CORE = fixture("gdb/13.1/mt-core.txt");

/** More than a few blocks. */
const TICKET = `${[fleet, LOG, CORE].join("\n")}\n`;
const TEXT = TICKET.repeat(Math.ceil((3 << 20) / TICKET.length));

const PATH = "file:///srv/fleet.txt";

async function* parts(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 50_000) yield text.slice(at, at + 50_000);
}

/** UTF-8 as a file has it. */
const open = (text: string) => (byte: number) =>
  parts(byte === 0 ? text : Buffer.from(text).subarray(byte).toString());

const digestOf = (text: string, pause = async () => {}): Promise<Digest> =>
  makeDigest({ path: PATH, parts: parts(text), notes: shipped, failed: failLoudly, pause });

describe("the digest of a large text", () => {
  let digest: Digest;
  let whole: Reading;

  beforeAll(async () => {
    digest = await digestOf(TEXT);
    whole = read(TEXT);
  });

  test("counts what the whole says", () => {
    const threads = whole.processes.flatMap((process) => process.threads);
    expect(digest.processes.count).toBe(whole.processes.length);
    expect(digest.threads).toBe(threads.length);
    expect(digest.records.count).toBe(whole.records.length);
    const times = whole.records.flatMap(({ time }) => time ?? []).sort();
    expect([digest.records.first, digest.records.last]).toEqual([times[0], times.at(-1)]);
    const problems = new Map<string, number>();
    for (const { code } of whole.problems) problems.set(code, (problems.get(code) ?? 0) + 1);
    const counted = digest.problems.map(({ kind, count }) => [kind, count]);
    expect(new Map(counted as [string, number][])).toEqual(problems);
  });

  test("counts the entries of a kind, with the first and the last time", () => {
    const deaths = digest.records.sorted().filter(({ isCrash }) => isCrash);
    expect(deaths.length).toBeGreaterThan(0);
    for (const { kind, severity, count, first, last, places } of deaths) {
      const same = whole.records.filter(
        (record) =>
          record.severity === severity &&
          [record.format, record.kind, record.code].filter((part) => part !== null).join(" ") ===
            kind,
      );
      const times = same.flatMap(({ time }) => time ?? []).sort();
      expect([count, first, last]).toEqual([same.length, times[0] ?? null, times.at(-1) ?? null]);
      const positions = new Positions(TEXT);
      expect(places[0]?.at).toEqual(positions.at(same[0]?.span.from ?? -1));
    }
  });

  test("groups the stacks as the whole does", () => {
    const groups = groupStacks([whole]).filter(({ functions }) => functions.length > 0);
    expect(digest.groups.map(({ functions, count }) => [functions, count])).toEqual(
      groups.map(({ functions, members }) => [functions, members.length]),
    );
  });

  test("leads to each process, which says the same when it is read alone", async () => {
    const { listed } = digest.processes;
    expect(listed.map(({ pid }) => pid)).toEqual(whole.processes.map(({ pid }) => pid));
    for (const number of [0, 1, 2, Math.floor(listed.length / 2), listed.length - 1]) {
      const { place } = listed[number]!;
      const part = await cutPart(open(TEXT), place, digest.index);
      const [alone] = read(part?.text ?? "").processes;
      const functions = (process: typeof alone) =>
        process?.threads.map(({ frames }) => frames.map((frame) => frame.function));
      expect(alone?.pid).toBe(whole.processes[number]?.pid);
      expect(functions(alone)).toEqual(functions(whole.processes[number]));
    }
  });

  test("leads to the members of a group", async () => {
    for (const { functions, threads } of digest.groups) {
      const { place } = threads.at(-1)!;
      const part = await cutPart(open(TEXT), place, digest.index);
      const { line } = placeInPart(place, false);
      expect(part?.text.split(/\r\n|\n/)[line]).toContain(functions[0]?.replace(/^\?\? .*/, "#"));
    }
  });

  test("has findings and hypotheses whose places are those of the file", async () => {
    const { findings, hypotheses } = digest.judgement;
    expect(findings.length).toBeGreaterThan(5);
    expect(hypotheses.length).toBeGreaterThan(0);
    const lines = TEXT.split("\n");
    const all = [...findings, ...hypotheses].flatMap((each) => each.evidence);
    for (const evidence of all.filter((_, i) => i % 31 === 0)) {
      const place = placeOfEvidence(evidence);
      const { reading } = evidence.source;
      const said = reading.clean.text.slice(evidence.span.from, evidence.span.to).split("\n")[0];
      expect(lines[place.at.line]).toContain(said?.trim().slice(0, 20));
      const part = await cutPart(open(TEXT), place, digest.index);
      const { line } = placeInPart(place, false);
      expect(part?.text.split("\n")[line]).toBe(lines[place.at.line]);
    }
  });

  test("finds a process by the beginning of its pid, the very one first", () => {
    const { listed } = digest.processes;
    const found = searchProcesses(listed, "31", 5);
    expect(found).toHaveLength(5);
    expect(found.every(({ pid }) => String(pid).startsWith("31"))).toBe(true);
    expect(searchProcesses(listed, "312", 1)[0]?.pid).toBe(312);
    expect(searchProcesses(listed, "LOCK", 1)[0]?.state).toContain("lock");
    expect(searchProcesses(listed, "no such thing", 1)).toEqual([]);
  });
});

describe("making a digest", () => {
  test("lets others work between pieces, and ends when it is taken back", async () => {
    let pauses = 0;
    await digestOf(TEXT, async () => {
      pauses++;
    });
    expect(pauses).toBeGreaterThanOrEqual(5);
    let left = 2;
    const pause = async () => {
      if (left-- === 0) throw new Error("taken back");
    };
    await expect(digestOf(TEXT, pause)).rejects.toThrow("taken back");
  });

  test("of nothing says so", async () => {
    const digest = await digestOf("");
    expect([digest.processes.count, digest.records.count, digest.index.lines]).toEqual([0, 0, 0]);
  });
});
