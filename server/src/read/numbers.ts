/** A list of whole numbers that grows: objects, or numbers of another kind, would take several times the memory. */
export class Numbers {
  items = new Int32Array(16);
  length = 0;

  push(number: number): void {
    if (this.length === this.items.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = number;
  }

  trim(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
