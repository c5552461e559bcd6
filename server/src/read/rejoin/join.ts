import type { Split } from "../lines";
import type { Meeting } from "../met";
import { Rewriter, type Rewritten } from "../rewrite";
import { isStep, type Steps } from "../steps";
import { canContinue, follow } from "./entry";
import { measure } from "./measure";
import { PhysicalLines } from "./physicalLines";
import type { WrapStyle } from "./wrap";

/**
 * Makes one line of every frame, thread header, local or event that was wrapped. `prefixLengths` are of the prefixes
 * that the lines have lost: a terminal counts them too. The text tells how it was wrapped, unless `known` does, for a
 * part of one.
 */
export function* joinWrapped(
  text: string,
  prefixLengths: readonly number[] | null,
  split: Split,
  met: Meeting,
  known: WrapStyle | null,
): Steps<Rewritten> {
  const lines = new PhysicalLines(split(text), prefixLengths);
  const rewriter = new Rewriter(text);
  let wrap: WrapStyle | undefined;
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    if (!canContinue(lines, i)) continue;
    if (wrap === undefined) {
      const measured = yield* measure(lines, met, known !== null);
      wrap = known ?? measured;
    }
    for (const joint of follow(lines, i, wrap)) {
      rewriter.replace(joint.from, joint.to, joint.glue);
      met.joined++;
      i = joint.line;
    }
  }
  return rewriter.finish();
}
