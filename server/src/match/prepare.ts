import { pieces, quietly } from "../find/prepare";
import type { Steps } from "../read/steps";
import { outsideOfFrames } from "./lines";
import type { Scene } from "./scene";
import { stackKinds } from "./stacks";

/** Works out in steps what all conditions need of each text, so that none of them takes long. */
export function* prepareMatching({ sources }: Scene): Steps<void> {
  for (const source of sources) {
    quietly(() => outsideOfFrames(source.reading));
    yield;
    yield* pieces(() => outsideOfFrames(source.reading).mentions.goOn());
    quietly(() => stackKinds(source));
    yield;
  }
}
