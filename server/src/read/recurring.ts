/** More answers than this are not kept. */
const MOST = 4096;

/**
 * Answers to short texts that recur many times in a log, such as the module or the process of its entries. Who shares them
 * saves the work, and the memory of a thousand equal pieces.
 */
export class Recurring<T> {
  private readonly known = new Map<string, T>();
  private readonly make: (text: string) => T;

  constructor(make: (text: string) => T) {
    this.make = make;
  }

  get(text: string): T {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const made = this.make(text);
    if (this.known.size < MOST) this.known.set(text, made);
    return made;
  }
}
