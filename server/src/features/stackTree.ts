import type { NamedReading } from "../find/finding";
import { frameLabel, type Member, type StackGroup } from "../find/groups";
import { stacksInOrder, stacksOfAll } from "../find/stacks";
import type { Frame } from "../read/frame";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";
import { framePlace } from "../show/frameLine";
import { culpritName } from "../show/groupText";
import { oneLine, sourceName } from "./hypotheses/words";
import { countMembers } from "./stacks";
import { processName, threadName } from "./symbols";

/** An item of the tree of stacks; plain text. */
export interface StackItem {
  readonly label: string;
  readonly detail: string;
  /** Null for a group, which is in many places, and for the count of what is not listed. */
  readonly place: { readonly source: NamedReading; readonly span: Span } | null;
  readonly hasMore: boolean;
}

/** Nobody reads a longer list; what is left out is counted in its last item. */
const MOST_ITEMS = 500;

/** The stacks of texts that are looked at together: groups, the threads of each, the frames of these. */
export class StackTree {
  private readonly sources: readonly NamedReading[];
  private readonly groups: readonly StackGroup[];

  constructor(sources: readonly NamedReading[]) {
    this.sources = sources;
    this.groups = stacksOfAll(sources.map(({ reading }) => reading));
  }

  /** The same for texts of many megabytes. */
  static *steps(sources: readonly NamedReading[]): Steps<StackTree> {
    for (const { reading } of sources) yield* stacksInOrder.steps(reading);
    return new StackTree(sources);
  }

  /** The items below a path: the groups, those of group `path[0]`, those of its member `path[1]`. */
  below([group, member]: readonly number[]): StackItem[] {
    if (group === undefined) return limited(this.groups, groupItem);
    const { members } = this.groups[group] ?? { members: [] };
    if (member === undefined) return limited(members, (each) => this.memberItem(each));
    const chosen = members[member];
    if (chosen === undefined) return [];
    const source = this.sourceOf(chosen);
    return limited(chosen.thread.frames, (frame, i) => frameItem(source, frame, i));
  }

  private sourceOf({ reading }: Member): NamedReading {
    return this.sources.find((source) => source.reading === reading) as NamedReading;
  }

  private memberItem(member: Member): StackItem {
    const { process, thread } = member;
    const source = this.sourceOf(member);
    const isAlone = process.threads.length === 1;
    const name = isAlone
      ? processName(process)
      : `${threadName(thread)} of ${processName(process)}`;
    const state = thread.crashed ? "got the signal" : "";
    const texts = this.sources.length > 1 ? sourceName(source) : "";
    const detail = [state, texts].filter((part) => part !== "").join(" · ");
    const first = thread.frames[0];
    const place = { source, span: first?.span ?? thread.span };
    return { label: oneLine(name, 120), detail, place, hasMore: true };
  }
}

function groupItem(group: StackGroup): StackItem {
  const { members, state } = group;
  const culprit = culpritName(group);
  const label = oneLine(`${countMembers(members)}: ${state}`, 160);
  const detail = culprit === null || state.includes(culprit) ? "" : `in ${culprit}`;
  return { label, detail, place: null, hasMore: true };
}

function frameItem(source: NamedReading, frame: Frame, index: number): StackItem {
  const label = oneLine(`#${frame.number ?? index} ${frameLabel(frame)}`, 160);
  const detail = oneLine(framePlace(frame), 160);
  return { label, detail, place: { source, span: frame.span }, hasMore: false };
}

function limited<T>(all: readonly T[], item: (each: T, index: number) => StackItem): StackItem[] {
  const items = all.slice(0, MOST_ITEMS).map(item);
  const hidden = all.length - items.length;
  if (hidden > 0) items.push({ label: `${hidden} more`, detail: "", place: null, hasMore: false });
  return items;
}
