/** As many small pieces of work make a step: a millisecond or so, whatever is done with each. */
const PIECES = 256;

/** Tells a loop over many small things when its step is done: ending one behind each would take longer than the work. */
export class Pace {
  private left = PIECES;

  /** Is it time to let others have their turn, now that as much was done again? */
  isDone(pieces = 1): boolean {
    this.left -= pieces;
    if (this.left > 0) return false;
    this.left = PIECES;
    return true;
  }
}
