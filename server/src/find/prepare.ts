import type { Steps } from "../read/steps";
import type { NamedReading } from "./finding";
import { lockWaits } from "./locks/waits";
import { logsOf } from "./logs/logs";
import { mentionsOf } from "./mentions/mentions";
import { shapesOf } from "./shapes";
import { stacksOf } from "./stacks";

/** Works out in steps what several finders need of each text, so that none of them takes long. */
export function* prepareFinding(sources: readonly NamedReading[]): Steps<void> {
  for (const source of sources) {
    const { reading } = source;
    yield* pieces(() => mentionsOf(reading).goOn());
    yield* quietSteps(shapesOf.steps(reading));
    yield* quietSteps(stacksOf.steps(reading));
    yield* quietSteps(lockWaits.steps(reading));
    yield* quietSteps(logsOf.steps(source));
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

/** The steps as far as they come, with another one behind them. */
export function* quietSteps(steps: Steps<unknown>): Steps<void> {
  try {
    yield* steps;
  } catch {}
  yield;
}

/** What fails ahead of time fails again where it is needed, and is told of there. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
