import { type Split, splitLines } from "../lines";
import { Rewriter, type Rewritten } from "../rewrite";
import { canContinue, follow } from "./entry";
import { measure } from "./measure";
import { type Met, nothingMet } from "./met";
import { PhysicalLines } from "./physicalLines";
import type { WrapStyle } from "./wrap";

/**
 * Makes one line of every frame, thread header, local or event that was wrapped. `prefixLengths` are of the prefixes
 * that the lines have lost: a terminal counts them too.
 */
export function joinWrapped(
  text: string,
  prefixLengths: readonly number[] | null,
  split: Split = splitLines,
  met: Met = nothingMet(),
): Rewritten {
  const lines = new PhysicalLines(split(text), prefixLengths);
  const rewriter = new Rewriter(text);
  let wrap: WrapStyle | undefined;
  for (let i = 0; i < lines.count; i++) {
    if (!canContinue(lines, i)) continue;
    wrap ??= measure(lines, met);
    for (const joint of follow(lines, i, wrap)) {
      rewriter.replace(joint.from, joint.to, joint.glue);
      i = joint.line;
    }
  }
  return rewriter.finish();
}
