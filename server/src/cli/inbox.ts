/** What has come from elsewhere, until somebody takes it. */
export class Inbox<T> {
  private readonly come: T[] = [];
  private error: Error | null = null;
  private wake: () => void = () => {};

  push(item: T): void {
    this.come.push(item);
    this.wake();
  }

  /** Nothing will come any more. */
  fail(error: Error): void {
    this.error = error;
    this.wake();
  }

  async next(): Promise<T> {
    for (;;) {
      const first = this.come.shift();
      if (first !== undefined) return first;
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
