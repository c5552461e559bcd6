import { plural } from "../words/plural";
import {
  type AddressFacts,
  type AddressFlags,
  addressFacts,
  addressFlags,
} from "./fault/addresses";
import type { Crash } from "./fault/crash";
import { eachCrash } from "./fault/join";
import { durationText, Moments, secondsOfTime } from "./fault/rate";
import { faultSummary } from "./fault/summary";
import { type Evidence, type Finder, type Finding, MOST_EVIDENCE } from "./finding";
import { Pace } from "./pace";

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
export const faultSite: Finder = function* (sources) {
  const sites = new Map<string, Site>();
  yield* eachCrash(sources, (crash) => {
    const key = JSON.stringify(keyOf(crash));
    const site = sites.get(key);
    if (site) site.add(crash);
    else sites.set(key, new Site(crash));
  });
  const findings: Finding[] = [];
  const pace = new Pace();
  for (const site of [...sites.values()].sort((a, b) => b.count - a.count)) {
    findings.push(describe(site));
    if (pace.isDone(8)) yield;
  }
  return findings;
};

/** Without a place in an object, what is left of a jump is where it went, if that is the same in every process. */
function keyOf({ program, signal, object, offset, trap, access, stack, ip }: Crash): unknown[] {
  if (offset !== null) return [program, signal, object, offset];
  if (stack !== null) return [program, signal, stack];
  return [program, signal, object, trap, access, ip !== null && Number(ip) < 0x1000 ? ip : null];
}

/** The crashes at one place, of which only the first is kept. */
class Site {
  readonly first: Crash;
  readonly evidence: Evidence[] = [];
  readonly pids: number[] = [];
  count = 0;
  copyRoutine: boolean | null = null;
  function: string | null = null;
  culprit: string | null = null;
  /** The earliest and the latest time, as text sorts them. */
  firstTime: string | null = null;
  lastTime: string | null = null;
  private facts: AddressFacts;
  private readonly times = new Moments();
  private readonly uptimes = new Moments();

  constructor(first: Crash) {
    this.first = first;
    this.facts = addressFacts(first);
    this.add(first);
  }

  add(crash: Crash): void {
    if (this.count++ > 0)
      this.facts = { ...this.facts, ...common(this.facts, addressFlags(crash)) };
    if (this.count <= MOST_EVIDENCE) this.evidence.push(...crash.evidence);
    if (crash.pid !== null && this.pids.length < MOST_PIDS) this.pids.push(crash.pid);
    if (crash.copyRoutine !== null) this.copyRoutine = this.copyRoutine || crash.copyRoutine;
    this.function ??= crash.function;
    this.culprit ??= crash.culprit;
    this.times.add(secondsOfTime(crash));
    this.uptimes.add(crash.uptime);
    const { time } = crash;
    if (time === null) return;
    if (this.firstTime === null || time < this.firstTime) this.firstTime = time;
    if (this.lastTime === null || time > this.lastTime) this.lastTime = time;
  }

  /** What the addresses of all say alike; the places are those of the first. */
  get addressFacts(): AddressFacts {
    return this.facts;
  }

  get perDay(): number | null {
    return this.times.perDay ?? this.uptimes.perDay;
  }
}

/** What both say. */
function common(one: AddressFlags, other: AddressFlags): AddressFlags {
  const both = (of: (flags: AddressFlags) => boolean | null): boolean | null =>
    of(one) === of(other) ? of(one) : null;
  return {
    nearNull: both((flags) => flags.nearNull),
    pageAligned: both((flags) => flags.pageAligned),
    jump: both((flags) => flags.jump),
    nearStack: both((flags) => flags.nearStack),
    canonical: both((flags) => flags.canonical),
    insideObject: both((flags) => flags.insideObject),
    ipInsideObject: both((flags) => flags.ipInsideObject),
  };
}

function describe(site: Site): Finding {
  const { first, count, addressFacts: facts, copyRoutine, culprit } = site;
  const names = { copyRoutine, function: site.function, culprit };
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
      pids: site.pids,
      firstTime: site.firstTime,
      lastTime: site.lastTime,
      perDay: site.perDay,
    },
    evidence: site.evidence.slice(0, MOST_EVIDENCE),
  };
}

function identity(crash: Crash) {
  const { program, pid, signal, address, ip, sp, access, error, errorBits, present } = crash;
  const { trap, object, offset, offsetFrom, base, uptime } = crash;
  const fault = { program, pid, signal, address, ip, sp, access, error, errorBits, present, trap };
  const upFor = uptime === null ? null : durationText(uptime);
  return { ...fault, object, offset, offsetFrom, objectBase: base, uptime, upFor };
}
