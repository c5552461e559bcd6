import { RAL } from "vscode-languageserver";
import type { Steps } from "../read/steps";

/** As long is worked before others have their turn: a key that is typed waits no longer than that for work of others. */
export const SLICE_MS = 4;

/** Work that goes on in slices between which the server answers; whoever started it can stop it. */
export class Sliced<T> {
  private steps: Steps<T> | null;
  private readonly done: (result: T) => void;

  constructor(steps: Steps<T>, done: (result: T) => void) {
    this.steps = steps;
    this.done = done;
    this.continueLater();
  }

  stop(): void {
    this.steps = null;
  }

  private continueLater(): void {
    void turnOfOthers().then(() => this.work());
  }

  private work(): void {
    const end = Date.now() + SLICE_MS;
    while (this.steps !== null) {
      const step = this.steps.next();
      if (step.done) {
        this.steps = null;
        this.done(step.value);
      } else if (Date.now() >= end) {
        this.continueLater();
        return;
      }
    }
  }
}

/** The outcome of work in slices, the first of them at once; null where it was given up because nobody wants it any more. */
export async function inSlices<T>(steps: Steps<T>, isUnwanted: () => boolean): Promise<T | null> {
  while (!isUnwanted()) {
    const end = Date.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (Date.now() < end);
    await turnOfOthers();
  }
  steps.return(undefined as never);
  return null;
}

/**
 * While a timer waits, there is time for all: a message takes several turns of Node's. Where the processor is busy with
 * other programs, the next timer may be due at once; then what comes behind the timers lets messages in all the same. In a
 * browser's worker the protocol's `setImmediate` is a microtask, which lets nobody else have his turn.
 */
const turnOfOthers = (): Promise<void> =>
  new Promise((resolve) => {
    const { timer } = RAL();
    timer.setTimeout(() => timer.setImmediate(resolve), 0);
  });
