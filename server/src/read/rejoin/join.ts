import type { Split } from "../lines";
import { Rewriter, type Rewritten } from "../rewrite";
import { isStep, type Steps } from "../steps";
import { canContinue, follow } from "./entry";
import { measure } from "./measure";
import type { Met } from "./met";
import { PhysicalLines } from "./physicalLines";
import type { WrapStyle } from "./wrap";

/**
 * Makes one line of every frame, thread header, local or event that was wrapped. `prefixLengths` are of the prefixes
 * that the lines have lost: a terminal counts them too.
 */
export function* joinWrapped(
  text: string,
  prefixLengths: readonly number[] | null,
  split: Split,
  met: Met,
): Steps<Rewritten> {
  const lines = new PhysicalLines(split(text), prefixLengths);
  const rewriter = new Rewriter(text);
  let wrap: WrapStyle | undefined;
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    if (!canContinue(lines, i)) continue;
    wrap ??= yield* measure(lines, met);
    for (const joint of follow(lines, i, wrap)) {
      rewriter.replace(joint.from, joint.to, joint.glue);
      i = joint.line;
    }
  }
  return rewriter.finish();
}
