import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abortReason } from "../../../server/src/find/abortReason";
import { coreMismatch } from "../../../server/src/find/coreMismatch";
import { faultSite } from "../../../server/src/find/faultSite";
import type { Finder } from "../../../server/src/find/finding";
import { kernelReport } from "../../../server/src/find/kernelReport";
import { symbolQuality } from "../../../server/src/find/symbolQuality";
import { versionEvidence } from "../../../server/src/find/versionEvidence";
import { badSpans, foundIn, named } from "./findings";
import { kept } from "./sources";

const finders: readonly (readonly [string, Finder])[] = [
  ["fault-site", faultSite],
  ["abort-reason", abortReason],
  ["symbol-quality", symbolQuality],
  ["core-mismatch", coreMismatch],
  ["version-evidence", versionEvidence],
  ["kernel-report", kernelReport],
];

const texts = [
  "gdb/13.1/dfree.txt",
  "gdb/13.1/excpt.txt",
  "gdb/13.1/mt-core.txt",
  "gdb/13.1/mt-core-wrongexe.txt",
  "gdb/6.8/apache-apc.txt",
  "gdb/unknown/haproxy-zlib-kernel.txt",
  "gdb/unknown/haproxy-zlib.txt",
  "kernel/dmesg-oom-memcg.txt",
  "kernel/dmesg-segfaults.txt",
  "lighttpd/joined-1.4.13-to-1.4.18.log",
].map((path) => kept(path).slice(0, 20_000));

const quoted = (text: string) => text.replace(/^/gm, "> ");
const windows = (text: string) => text.replace(/\n/g, "\r\n");
const wrapped = (text: string, width: number) =>
  text
    .split("\n")
    .map((line) => line.match(new RegExp(`.{1,${width}}`, "g"))?.join("\n") ?? "")
    .join("\n");

const damaged = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.nat(20_000),
    fc.nat(20_000),
    fc.constantFrom("none", "quoted", "windows", "wrapped"),
    fc.integer({ min: 20, max: 100 }),
  )
  .map(([text, a, b, damage, width]) => {
    const cut = text.slice(Math.min(a, b), Math.max(a, b));
    if (damage === "quoted") return quoted(cut);
    if (damage === "windows") return windows(cut);
    return damage === "wrapped" ? wrapped(cut, width) : cut;
  });

describe.each(finders)("%s in cut and damaged texts", (kind, finder) => {
  test("has its kind, a summary, values that JSON keeps, and evidence inside the texts", () => {
    fc.assert(
      fc.property(damaged, damaged, (one, other) => {
        const findings = foundIn(finder, named(one, other));
        for (const finding of findings) {
          expect(finding.kind).toBe(kind);
          expect(finding.summary).not.toMatch(/undefined|NaN|\n|[,\s]$/);
          expect(finding.evidence.length).toBeGreaterThan(0);
          expect(finding.evidence.length).toBeLessThanOrEqual(50);
          expect(JSON.parse(JSON.stringify(finding.values))).toEqual(finding.values);
        }
        expect(badSpans(findings)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("says the same of a text with Windows line ends", () => {
    for (const text of texts) {
      const [unix, dos] = [text, windows(text)].map((one) =>
        foundIn(finder, named(one)).map(({ summary, values }) => ({ summary, values })),
      );
      expect(dos).toEqual(unix);
    }
  });

  test("finds nothing in nothing", () => expect(foundIn(finder, named("", "\n"))).toEqual([]));
});
