import type { Reading } from "../read/model";
import { cleanOffset, place } from "../read/place";
import { recordsOf } from "../read/renewal";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";
import { type TextChange, unwrap } from "./format";
import { threadAt } from "./locate";

/** Something to do at the cursor. */
export type Action = UnwrapAction | CopyAction;

export interface UnwrapAction {
  readonly kind: "unwrap";
  readonly title: string;
  readonly changes: readonly TextChange[];
}

/** The client asks for the text and puts it on the clipboard. */
export interface CopyAction {
  readonly kind: "copy-stack" | "copy-summary" | "show-next";
  readonly title: string;
}

/** What can be done with the text at a place of the document. */
export function* codeActions(reading: Reading, at: Span): Steps<Action[]> {
  return [...(yield* unwrapActions(reading, at)), ...copyActions(reading, at)];
}

function* unwrapActions(reading: Reading, at: Span): Steps<Action[]> {
  const backtrace = sectionAt(reading, at);
  if (backtrace === null) return [];
  const changes = yield* unwrap.steps(reading);
  const inSection = changes.filter(({ span }) => touches(span, backtrace));
  const here = inSection.filter(({ span }) => touches(span, at));
  const actions: Action[] = [];
  if (here.length > 0) actions.push({ kind: "unwrap", title: "Unwrap this frame", changes: here });
  if (inSection.length > 0) {
    actions.push({ kind: "unwrap", title: "Unwrap this backtrace", changes: inSection });
  }
  return actions;
}

/** The document's part that the section at the cursor covers. */
function sectionAt(reading: Reading, at: Span): Span | null {
  const offset = cleanOffset(reading, at.from);
  const section = reading.sections.find(({ span }) => span.from <= offset && offset <= span.to);
  return section ? place(reading, section.span) : null;
}

function copyActions(reading: Reading, at: Span): Action[] {
  const actions: Action[] = [];
  if (threadAt(reading, cleanOffset(reading, at.from))) {
    actions.push({ kind: "copy-stack", title: "Copy this stack, one frame a line" });
  }
  const hasStacks = reading.processes.some(({ threads }) =>
    threads.some(({ frames }) => frames.length > 0),
  );
  if (hasStacks) {
    actions.push({ kind: "copy-summary", title: "Copy a summary of all stacks as Markdown" });
  }
  if (hasStacks || recordsOf(reading).count > 0) {
    actions.push({ kind: "show-next", title: "What to type next…" });
  }
  return actions;
}

const touches = (one: Span, other: Span): boolean => one.from <= other.to && other.from <= one.to;
