import type { AllCondition, AtLeastCondition, Condition } from "./condition";
import { type Hit, MOST_HITS, NOTHING_IN_PARTICULAR, together } from "./hit";
import { matchLeaf } from "./leaves";
import type { Scene } from "./scene";
import { milliseconds } from "./time";

/** The ways in which a condition holds; empty where it does not. */
export function match(condition: Condition, scene: Scene): Hit[] {
  if ("all" in condition) return matchAll(condition, scene);
  if ("any" in condition) return condition.any.flatMap((each) => match(each, scene));
  if ("none" in condition) {
    const found = condition.none.some((each) => match(each, scene).length > 0);
    return found ? [] : [{ parts: [], values: {}, about: NOTHING_IN_PARTICULAR }];
  }
  if ("atLeast" in condition) return matchAtLeast(condition, scene);
  return matchLeaf(condition, scene);
}

function matchAtLeast({ atLeast, of }: AtLeastCondition, scene: Scene): Hit[] {
  const found = of.map((each) => match(each, scene)).filter((hits) => hits.length > 0);
  return found.length >= atLeast ? [together(found.flat())] : [];
}

function matchAll(condition: AllCondition, scene: Scene): Hit[] {
  const found: Hit[][] = [];
  for (const each of condition.all) {
    const hits = match(each, scene);
    if (hits.length === 0) return [];
    // What is not there is not anywhere in particular.
    if (hits.some(({ parts }) => parts.length > 0)) found.push(hits);
  }
  const joined = joinSame(found, condition.same);
  if (condition.within === undefined) return joined.map(together);
  const limit = milliseconds(condition.within);
  return joined.flatMap((hits) => closeInTime(found, hits, limit));
}

/** Sets of hits that are about the same thread, process or text, with one of each condition at least. */
function joinSame(found: readonly Hit[][], same: AllCondition["same"]): Hit[][] {
  if (found.length === 0) return [[{ parts: [], values: {}, about: NOTHING_IN_PARTICULAR }]];
  if (same === undefined) return [found.flat()];
  const groups = found.map((hits) => groupBy(hits, same));
  const [first, ...others] = groups as [Map<unknown, Hit[]>, ...Map<unknown, Hit[]>[]];
  return [...first.keys()]
    .filter((key) => others.every((group) => group.has(key)))
    .map((key) => groups.flatMap((group) => group.get(key) ?? []));
}

function groupBy(hits: readonly Hit[], same: "thread" | "process" | "source"): Map<unknown, Hit[]> {
  const groups = new Map<unknown, Hit[]>();
  for (const hit of hits) {
    const key = keyOf(hit, same);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(hit);
    else groups.set(key, [hit]);
  }
  return groups;
}

/** A process id connects texts: the kernel, Apache and gdb name the same process by it. */
function keyOf({ about }: Hit, same: "thread" | "process" | "source"): unknown {
  if (same === "thread") return about.thread;
  if (same === "source") return about.source;
  return about.pid ?? about.process;
}

/** Hits of the set in which one of each condition lies within the time of a hit of the first. */
function closeInTime(found: readonly Hit[][], joined: readonly Hit[], limit: number): Hit[] {
  const members = new Set(joined);
  const times = found.map((hits) =>
    hits
      .filter((hit) => members.has(hit) && hit.about.time !== null)
      .sort((one, other) => timeOf(one) - timeOf(other)),
  );
  const [first, ...others] = times as [Hit[], ...Hit[][]];
  const close: Hit[] = [];
  for (const hit of first.slice(0, MOST_HITS)) {
    const nearest = others.map((hits) => nearestInTime(hits, timeOf(hit), limit));
    if (nearest.every((each) => each !== null)) close.push(together([hit, ...nearest]));
  }
  return close;
}

const timeOf = (hit: Hit): number => hit.about.time ?? Number.NaN;

function nearestInTime(hits: readonly Hit[], time: number, limit: number): Hit | null {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(hits[middle] as Hit) < time) low = middle + 1;
    else high = middle;
  }
  const around = [hits[low - 1], hits[low]].filter((hit) => hit !== undefined);
  const distance = (hit: Hit) => Math.abs(timeOf(hit) - time);
  const nearest = around.sort((one, other) => distance(one) - distance(other))[0];
  return nearest !== undefined && distance(nearest) <= limit ? nearest : null;
}
