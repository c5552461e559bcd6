import { PortionReader } from "./portionReader";
import type { Portion } from "./portions";
import type { ReportedBlock, Task } from "./work";

/** What a reader is told about the text that it reads parts of. What it says of a portion has the number it was given. */
export type Order =
  /** As much as tells what kind of text it is. Gets no answer. */
  | { readonly type: "learn"; readonly task: Task; readonly head: Portion }
  /** The first portion. */
  | ({ readonly type: "begin"; readonly task: Task } & PortionOrder)
  /** A portion whose run-up is to be read first. */
  | ({ readonly type: "start" } & PortionOrder)
  /** A portion to be read on into from the one that was read as `from`. */
  | ({ readonly type: "goOn"; readonly from: number } & PortionOrder)
  /** Nobody will go on from there. */
  | { readonly type: "forget"; readonly id: number };

export interface PortionOrder {
  readonly id: number;
  readonly portion: Portion;
  /** Is all of its text kept for judging? */
  readonly isAllKept: boolean;
}

export type Answer = { readonly id: number } & (
  | { readonly type: "state"; readonly state: string }
  | { readonly type: "block"; readonly block: ReportedBlock }
  | { readonly type: "end"; readonly state: string }
);

/** Where a portion cannot be read on its own: no reader has come to that. */
const NO_STATE = "none";

/** Reads portions as they come, one after the other; in a worker, or beside other work. */
export class PortionWorker {
  private readonly say: (answer: Answer) => void;
  private readonly pause: () => Promise<void>;
  private readonly readers = new Map<number, PortionReader>();
  private first: PortionReader | null = null;
  private done: Promise<void> = Promise.resolve();

  /** `pause` lets others work between two blocks. */
  constructor(say: (answer: Answer) => void, pause: () => Promise<void>) {
    this.say = say;
    this.pause = pause;
  }

  /** Fails with what the reader fails with. */
  take(order: Order): Promise<void> {
    this.done = this.done.then(() => this.follow(order));
    return this.done;
  }

  private async follow(order: Order): Promise<void> {
    if (order.type === "forget") this.readers.delete(order.id);
    else if (order.type === "learn") {
      this.first = PortionReader.fromStart(order.task);
      for (const _ of this.first.read(order.head, false));
    } else if (order.type === "begin") {
      this.first = PortionReader.fromStart(order.task);
      await this.read(this.first, order);
    } else if (order.type === "start") {
      const reader = this.first?.startAt(order.portion) ?? null;
      this.say({ id: order.id, type: "state", state: reader?.state ?? NO_STATE });
      if (reader) await this.read(reader, order);
      else this.say({ id: order.id, type: "end", state: NO_STATE });
    } else {
      const reader = this.readers.get(order.from) as PortionReader;
      this.readers.delete(order.from);
      await this.read(reader, order);
    }
  }

  private async read(reader: PortionReader, order: PortionOrder): Promise<void> {
    const { id, portion, isAllKept } = order;
    this.readers.set(id, reader);
    for (const block of reader.read(portion, isAllKept)) {
      this.say({ id, type: "block", block });
      await this.pause();
    }
    this.say({ id, type: "end", state: reader.state });
  }
}
