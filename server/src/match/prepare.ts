import { pieces, quietSteps } from "../find/prepare";
import type { Steps } from "../read/steps";
import { entriesByKind } from "./candidates";
import { outsideOfFrames } from "./lines";
import type { Scene } from "./scene";
import { stackKinds } from "./stacks";

/** Works out in steps what all conditions need of each text, so that none of them takes long. */
export function* prepareMatching({ sources }: Scene): Steps<void> {
  for (const source of sources) {
    yield* quietSteps(outsideOfFrames.steps(source.reading));
    yield* pieces(() => outsideOfFrames(source.reading).mentions.goOn());
    yield* quietSteps(stackKinds.steps(source));
    yield* quietSteps(entriesByKind.steps(source));
  }
}
