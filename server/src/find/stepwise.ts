import { oncePer } from "../read/oncePer";
import { atOnce, type Steps } from "../read/steps";

/** What is worked out once and kept as long as its key lives: in steps where there is time, else at once. */
export interface Stepwise<K extends object, T> {
  (key: K): T;
  /** Goes on with the work, wherever somebody left it. */
  steps(key: K): Steps<T>;
}

export function stepwise<K extends object, T>(compute: (key: K) => Steps<T>): Stepwise<K, T> {
  const workOf = oncePer((key: K) => new Work(compute, key));
  const steps = function* (key: K): Steps<T> {
    const work = workOf(key);
    let outcome = work.goOn();
    while (outcome === null) {
      yield;
      outcome = work.goOn();
    }
    return outcome.result;
  };
  return Object.assign((key: K) => atOnce(steps(key)), { steps });
}

/** Work that several may drive; what fails is begun anew by the next one. */
class Work<K, T> {
  private readonly compute: (key: K) => Steps<T>;
  private readonly key: K;
  private steps: Steps<T> | null = null;
  private outcome: { readonly result: T } | null = null;

  constructor(compute: (key: K) => Steps<T>, key: K) {
    this.compute = compute;
    this.key = key;
  }

  /** The next step of it; null where there is more to be done. */
  goOn(): { readonly result: T } | null {
    if (this.outcome !== null) return this.outcome;
    this.steps ??= this.compute(this.key);
    try {
      const step = this.steps.next();
      if (!step.done) return null;
      this.outcome = { result: step.value };
      this.steps = null;
      return this.outcome;
    } catch (error) {
      this.steps = null;
      throw error;
    }
  }
}
