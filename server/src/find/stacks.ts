import type { Reading } from "../read/model";
import type { Steps } from "../read/steps";
import { frameLabel, groupOf, type Member, type StackGroup } from "./groups";
import { Pace } from "./pace";
import { type StackShape, shapesOf } from "./shapes";
import { stepwise } from "./stepwise";

/** The identical stacks of one text in the order in which they come; without those of threads without frames. */
export const stacksInOrder = stepwise(function* (reading: Reading): Steps<readonly StackGroup[]> {
  const byShape = new Map<StackShape, Member[]>();
  const bySignature = new Map<string, Member[]>();
  const shapes = yield* shapesOf.steps(reading);
  const pace = new Pace();
  for (const process of reading.processes) {
    for (const thread of process.threads) {
      if (pace.isDone()) yield;
      if (thread.frames.length === 0) continue;
      const shape = shapes.get(thread) as StackShape;
      const members = byShape.get(shape) ?? membersOf(shape, bySignature);
      byShape.set(shape, members);
      members.push({ reading, process, thread });
    }
  }
  const groups: StackGroup[] = [];
  for (const members of bySignature.values()) {
    if (pace.isDone(8)) yield;
    groups.push(groupOf(members));
  }
  return groups;
});

/** Stacks whose functions are the same belong together, wherever in their source they are. */
function membersOf({ frames }: StackShape, bySignature: Map<string, Member[]>): Member[] {
  const signature = frames.map(({ frame }) => frameLabel(frame)).join("\n");
  const members = bySignature.get(signature) ?? [];
  bySignature.set(signature, members);
  return members;
}

/** The same, most frequent first. */
export const stacksOf = stepwise(function* (reading: Reading): Steps<readonly StackGroup[]> {
  return mostFrequentFirst(yield* stacksInOrder.steps(reading));
});

/** The identical stacks of several texts, most frequent first. */
export function stacksOfAll(readings: readonly Reading[]): readonly StackGroup[] {
  const [only] = readings;
  if (only !== undefined && readings.length === 1) return stacksOf(only);
  const bySignature = new Map<string, StackGroup[]>();
  for (const group of readings.flatMap(stacksInOrder)) {
    const signature = group.functions.join("\n");
    const alike = bySignature.get(signature);
    if (alike) alike.push(group);
    else bySignature.set(signature, [group]);
  }
  return mostFrequentFirst([...bySignature.values()].map(together));
}

function together(groups: readonly StackGroup[]): StackGroup {
  const [first] = groups as [StackGroup];
  return { ...first, members: groups.flatMap(({ members }) => members) };
}

const mostFrequentFirst = (groups: readonly StackGroup[]): readonly StackGroup[] =>
  [...groups].sort((one, other) => other.members.length - one.members.length);
