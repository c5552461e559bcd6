import type { Reading } from "../read/model";
import { oncePer } from "../read/oncePer";
import { groupStacks, type StackGroup } from "./groups";

/** The identical stacks of one text, those of threads without frames left out. */
export const stacksOf: (reading: Reading) => readonly StackGroup[] = oncePer((reading: Reading) =>
  groupStacks([reading]).filter(({ functions }) => functions.length > 0),
);
