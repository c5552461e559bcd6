import { Pace } from "../find/pace";
import { atOnce, type Steps } from "../read/steps";
import type { AllCondition, AtLeastCondition, Condition } from "./condition";
import { type Hit, MOST_HITS, NOTHING_IN_PARTICULAR, together } from "./hit";
import { matchLeaf } from "./leaves";
import type { Scene } from "./scene";
import { milliseconds } from "./time";

/** The ways in which a condition holds; empty where it does not. */
export const match = (condition: Condition, scene: Scene): Hit[] =>
  atOnce(matchSteps(condition, scene));

/** The same in steps, none of which takes long. */
export function* matchSteps(condition: Condition, scene: Scene): Steps<Hit[]> {
  if ("all" in condition) return yield* matchAll(condition, scene);
  if ("any" in condition) return (yield* matchEach(condition.any, scene)).flat();
  if ("none" in condition) {
    for (const each of condition.none) if ((yield* matchSteps(each, scene)).length > 0) return [];
    return [{ parts: [], values: {}, about: NOTHING_IN_PARTICULAR }];
  }
  if ("atLeast" in condition) return yield* matchAtLeast(condition, scene);
  return yield* matchLeaf(condition, scene);
}

function* matchEach(conditions: readonly Condition[], scene: Scene): Steps<Hit[][]> {
  const found: Hit[][] = [];
  for (const each of conditions) found.push(yield* matchSteps(each, scene));
  return found;
}

function* matchAtLeast({ atLeast, of }: AtLeastCondition, scene: Scene): Steps<Hit[]> {
  const found = (yield* matchEach(of, scene)).filter((hits) => hits.length > 0);
  return found.length >= atLeast ? [together(found.flat())] : [];
}

function* matchAll(condition: AllCondition, scene: Scene): Steps<Hit[]> {
  const found: Hit[][] = [];
  for (const each of condition.all) {
    const hits = yield* matchSteps(each, scene);
    if (hits.length === 0) return [];
    // What is not there is not anywhere in particular.
    if (hits.some(({ parts }) => parts.length > 0)) found.push(hits);
  }
  const joined = yield* joinSame(found, condition.same);
  yield;
  if (condition.within === undefined) return joined.map(together);
  const limit = milliseconds(condition.within);
  let close: Hit[] = [];
  const pace = new Pace();
  for (const hits of joined) {
    close = close.concat(closeInTime(found, hits, limit));
    if (pace.isDone(4 + hits.length)) yield;
  }
  return close;
}

/** Sets of hits that are about the same thread, process or text, with one of each condition at least. */
function* joinSame(found: readonly Hit[][], same: AllCondition["same"]): Steps<Hit[][]> {
  if (found.length === 0) return [[{ parts: [], values: {}, about: NOTHING_IN_PARTICULAR }]];
  if (same === undefined) return [found.flat()];
  const groups: Map<unknown, Hit[]>[] = [];
  for (const hits of found) groups.push(yield* groupBy(hits, same));
  const [first, ...others] = groups as [Map<unknown, Hit[]>, ...Map<unknown, Hit[]>[]];
  return [...first.keys()]
    .filter((key) => others.every((group) => group.has(key)))
    .map((key) => groups.flatMap((group) => group.get(key) ?? []));
}

function* groupBy(
  hits: readonly Hit[],
  same: "thread" | "process" | "source",
): Steps<Map<unknown, Hit[]>> {
  const groups = new Map<unknown, Hit[]>();
  const pace = new Pace();
  for (const hit of hits) {
    if (pace.isDone(4)) yield;
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
