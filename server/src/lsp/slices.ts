import { RAL } from "vscode-languageserver";
import type { Steps } from "../read/steps";

/** As long is worked before others have their turn. */
export const SLICE_MS = 8;

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
    RAL().timer.setImmediate(() => this.work());
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
