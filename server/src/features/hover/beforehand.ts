import type { Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import type { Steps } from "../../read/steps";
import { blocksOf } from "../frameBlocks";
import { bitsOf } from "../numberIndex";
import { countsOfBlock } from "../stackCounts";

/** Works out what hovers count and look for in all of a text, so that the first of them need not. */
export function* hoverSteps(reading: Reading): Steps<void> {
  const text = textOf(reading);
  for (const placed of blocksOf(reading)) {
    if (!placed.block.isShort) continue;
    countsOfBlock(placed.block);
    bitsOf(placed, text);
    yield;
  }
}
