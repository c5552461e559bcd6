import { Pace } from "../find/pace";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { atOnce, type Steps } from "../read/steps";

/** A source line that a frame names, to be looked for in the workspace when somebody follows it. */
export interface SourceLink {
  readonly span: Span;
  readonly file: string;
  /** Counted from 1, as gdb prints it. */
  readonly line: number;
}

/** An editor draws every link at once; in a text with more, "go to definition" still works on each frame. */
const MOST_LINKS = 5000;

/** The `file:line` of every frame. */
export const sourceLinks = (reading: Reading): SourceLink[] => atOnce(linkSteps(reading));

/** The same in steps. */
export function* linkSteps({ processes }: Reading): Steps<SourceLink[]> {
  const links: SourceLink[] = [];
  const pace = new Pace();
  for (const { threads } of processes) {
    for (const { frames, views } of threads) {
      for (const frame of [...frames, ...views]) {
        const link = sourceLink(frame);
        if (link) links.push(link);
        if (links.length === MOST_LINKS) return links;
        if (pace.isDone()) yield;
      }
    }
  }
  return links;
}

/** The `file:line` of a frame, or null. */
export function sourceLink(frame: Frame): SourceLink | null {
  const { file, line } = frame;
  const fileSpan = frame.part("file");
  const lineSpan = frame.part("line");
  if (file === null || line === null || !fileSpan || !lineSpan) return null;
  return { span: { from: fileSpan.from, to: lineSpan.to }, file, line };
}
