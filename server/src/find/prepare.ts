import type { Steps } from "../read/steps";
import { gatherMoreCrashes } from "./fault/kernelCrashes";
import type { NamedReading } from "./finding";
import { lockWaits } from "./locks/waits";
import { logsOf } from "./logs/logs";
import { mentionsOf } from "./mentions/mentions";
import { shapeMore } from "./shapes";
import { stacksOf } from "./stacks";

/** Works out in steps what several finders need of each text, so that none of them takes long. */
export function* prepareFinding(sources: readonly NamedReading[]): Steps<void> {
  for (const source of sources) {
    yield* pieces(() => mentionsOf(source.reading).goOn());
    yield* pieces(() => shapeMore(source.reading));
    yield* pieces(() => gatherMoreCrashes(source));
    for (const part of [stacksOf, lockWaits]) {
      quietly(() => part(source.reading));
      yield;
    }
    quietly(() => logsOf(source));
    yield;
  }
}

/** Goes on as long as there is more. */
export function* pieces(goOn: () => boolean): Steps<void> {
  let isMore = true;
  while (isMore) {
    isMore = quietly(goOn) === true;
    yield;
  }
}

/** What fails ahead of time fails again where it is needed, and is told of there. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
