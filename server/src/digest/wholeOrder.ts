import type { Block } from "../read/blocks";
import type { Range } from "../read/positions";
import { TimeOrder } from "../read/records";
import { ranges } from "../show/toSource";

/** Where times go back in the whole, with the places that the blocks gave them. */
export class WholeOrder {
  private readonly order = new TimeOrder();
  private readonly places: Range[] = [];

  add({ reading, at }: Block): void {
    this.order.add(reading.records);
    const late = this.order.problems().slice(this.places.length);
    if (late.length === 0) return;
    const range = ranges(reading, at);
    this.places.push(...late.map(({ span }) => range(span)));
  }

  problems() {
    return this.order
      .problems()
      .map(({ code, message }, i) => ({ code, message, range: this.places[i] }));
  }
}
