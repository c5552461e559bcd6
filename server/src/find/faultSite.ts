import { plural } from "../words/plural";
import { type AddressFacts, addressFacts } from "./fault/addresses";
import type { Crash } from "./fault/crash";
import { crashesOf } from "./fault/join";
import { durationText, perDay } from "./fault/rate";
import { faultSummary } from "./fault/summary";
import { type Finder, type Finding, MOST_EVIDENCE } from "./finding";

/** So many process ids are listed; `count` says how many there are. */
const MOST_PIDS = 20;

/**
 * `fault-site`: where a program faulted and on what, by a kernel's line, a crashed thread's stack or both. Equal ones
 * (program, object and offset; or program and stack) are one finding.
 *
 * Values of the first crash: `program`, `pid`, `signal`, `address`, `ip`, `access`, `error`, `errorBits`, `present`,
 * `trap`, `object`, `offset` (from `offsetFrom`, the start of the "file" or of the "mapping"), `objectBase`,
 * `objectEnd`, `objectKiB`, `aboveBase`, `aboveEnd`, `aboveEndKiB`, `uptime`, `upFor` (the same in words). Of all, where they agree: `nearNull`, `pageAligned`, `jump`,
 * `nearStack`, `canonical`, `insideObject`, `ipInsideObject`. Of any: `copyRoutine`, `function`, `culprit`. And
 * `count`, `pids` (the first 20), `firstTime`, `lastTime`, `perDay`.
 */
export const faultSite: Finder = (sources) => groups(crashesOf(sources)).map(describe);

function groups(crashes: readonly Crash[]): Crash[][] {
  const byKey = new Map<string, Crash[]>();
  for (const crash of crashes) {
    const key = JSON.stringify(keyOf(crash));
    const group = byKey.get(key);
    if (group) group.push(crash);
    else byKey.set(key, [crash]);
  }
  return [...byKey.values()].sort((a, b) => b.length - a.length);
}

/** Without a place in an object, what is left of a jump is where it went, if that is the same in every process. */
function keyOf({ program, signal, object, offset, trap, access, stack, ip }: Crash): unknown[] {
  if (offset !== null) return [program, signal, object, offset];
  if (stack !== null) return [program, signal, stack];
  return [program, signal, object, trap, access, ip !== null && Number(ip) < 0x1000 ? ip : null];
}

function describe(crashes: readonly Crash[]): Finding {
  const first = crashes[0] as Crash;
  const facts = factsOfAll(crashes);
  const count = crashes.length;
  const names = namesOf(crashes);
  const times = crashes.flatMap(({ time }) => time ?? []).sort();
  const evidence = crashes.slice(0, MOST_EVIDENCE).flatMap((crash) => crash.evidence);
  return {
    kind: "fault-site",
    summary:
      faultSummary({ ...first, ...names }, facts) +
      (count > 1 ? `, ${plural(count, "time")} at the same place` : ""),
    values: {
      ...identity(first),
      ...facts,
      ...names,
      count,
      pids: crashes.flatMap(({ pid }) => pid ?? []).slice(0, MOST_PIDS),
      firstTime: times[0] ?? null,
      lastTime: times[times.length - 1] ?? null,
      perDay: perDay(crashes),
    },
    evidence: evidence.slice(0, MOST_EVIDENCE),
  };
}

function identity(crash: Crash) {
  const { program, pid, signal, address, ip, sp, access, error, errorBits, present } = crash;
  const { trap, object, offset, offsetFrom, base, uptime } = crash;
  const fault = { program, pid, signal, address, ip, sp, access, error, errorBits, present, trap };
  const upFor = uptime === null ? null : durationText(uptime);
  return { ...fault, object, offset, offsetFrom, objectBase: base, uptime, upFor };
}

function namesOf(crashes: readonly Crash[]) {
  const found = <T>(of: (crash: Crash) => T | null): T | null =>
    crashes.map(of).find((value) => value !== null) ?? null;
  const copying = crashes.map(({ copyRoutine }) => copyRoutine);
  return {
    copyRoutine: copying.includes(true) ? true : copying.includes(false) ? false : null,
    function: found((crash) => crash.function),
    culprit: found((crash) => crash.culprit),
  };
}

/** What the addresses of all say alike; the places are those of the first. */
function factsOfAll(crashes: readonly Crash[]): AddressFacts {
  const all = crashes.map(addressFacts);
  const { aboveBase, aboveEnd, aboveEndKiB, objectEnd, objectKiB } = all[0] as AddressFacts;
  const common = (of: (facts: AddressFacts) => boolean | null): boolean | null => {
    const value = of(all[0] as AddressFacts);
    return all.every((facts) => of(facts) === value) ? value : null;
  };
  return {
    nearNull: common((facts) => facts.nearNull),
    pageAligned: common((facts) => facts.pageAligned),
    jump: common((facts) => facts.jump),
    nearStack: common((facts) => facts.nearStack),
    canonical: common((facts) => facts.canonical),
    insideObject: common((facts) => facts.insideObject),
    ipInsideObject: common((facts) => facts.ipInsideObject),
    aboveBase,
    aboveEnd,
    aboveEndKiB,
    objectEnd,
    objectKiB,
  };
}
