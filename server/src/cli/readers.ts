import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Kept } from "../digest/kept";
import { CHUNK } from "../files/input";
import { Inbox } from "./inbox";
import { type Portion, portionsOf } from "./portions";
import { type Answer, type Order, type PortionOrder, PortionWorker } from "./portionWorker";
import type { ReportedBlock, Task } from "./work";

/** This thread is one of them. Each that is added reads on its own, and takes some 100 MB. */
const READERS = 2;

/** With more room, more that is of no use any more would be left lying about. A block of any text needs much less. */
const SMALL = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1024 };

/** The `workerData` of a worker that reads portions. */
export const PORTIONS = "portions";

/** So many portions are with the readers at a time. */
const MOST_OPEN = READERS + 1;

/** A portion that a reader was given. */
interface Open {
  readonly id: number;
  readonly portion: Portion;
  readonly reader: Reader;
  readonly answers: Inbox<Answer>;
}

/**
 * Reads one long text with several threads, and gives what one gives. The text is cut into portions of equal size, which
 * fall where they fall: whoever reads one reads the end of the one before it first, and finds out where the block in front
 * of his own ends. Where it ends decides all that follows; so once the reader of the portion before has come to the same
 * place, what both would say from there on is the same. Where it is not, he reads on himself, and the other's work is lost.
 */
export async function* readByPortions(
  task: Task,
  chunks: AsyncIterable<Uint8Array>,
  kept: Kept,
): AsyncGenerator<ReportedBlock> {
  const readers = new Readers(task, kept);
  const portions = new UntilError(portionsOf(chunks));
  const open: Open[] = [];
  let before: { readonly open: Open; readonly state: string } | null = null;
  try {
    for (;;) {
      while (open.length < MOST_OPEN) {
        const portion = await portions.next();
        if (portion === null) break;
        open.push(readers.give(portion));
      }
      let current = open.shift();
      if (current === undefined) break;
      if (before) current = await readers.connect(before.open, before.state, current);
      const state: string = yield* blocksOf(current);
      before = { open: current, state };
    }
  } finally {
    await readers.end();
  }
  portions.throwError();
}

/** The blocks of a portion; returns the state in which its reader came to the end. */
async function* blocksOf({ answers }: Open): AsyncGenerator<ReportedBlock, string> {
  for (;;) {
    const answer = await answers.next();
    if (answer.type === "block") yield answer.block;
    else if (answer.type === "end") return answer.state;
  }
}

interface Reader {
  /** Takes orders; its answers go to the inboxes. */
  readonly take: (order: Order) => void;
  /** So many portions it has to read by now. */
  portions: number;
}

class Readers {
  private readonly task: Task;
  private readonly kept: Kept;
  private readonly workers: Worker[] = [];
  private readonly readers: Reader[];
  /** Whose answers somebody waits for. */
  private readonly inboxes = new Map<number, Inbox<Answer>>();
  /** Who reads what by now. */
  private readonly working = new Map<number, Reader>();
  private ids = 0;

  constructor(task: Task, kept: Kept) {
    this.task = task;
    this.kept = kept;
    this.readers = [this.reader()];
    while (this.readers.length < READERS) this.readers.push(this.remoteReader());
  }

  /** In this thread. */
  private reader(): Reader {
    const reader = new PortionWorker((answer) => this.take(answer), setImmediate);
    return { take: (order) => reader.take(order).catch((error) => this.fail(error)), portions: 0 };
  }

  private remoteReader(): Reader {
    const worker = new Worker(__filename, { workerData: PORTIONS, resourceLimits: SMALL });
    this.workers.push(worker);
    worker.on("message", (answer: Answer) => this.take(answer));
    worker.on("error", (error) => this.fail(error));
    return { take: (order) => worker.postMessage(order), portions: 0 };
  }

  private take(answer: Answer): void {
    const reader = this.working.get(answer.id);
    if (answer.type === "end" && reader) {
      reader.portions--;
      this.working.delete(answer.id);
    }
    this.inboxes.get(answer.id)?.push(answer);
  }

  private fail(error: Error): void {
    for (const inbox of this.inboxes.values()) inbox.fail(error);
  }

  /** Gives the next portion to the one who has least to do. This thread, which has other work, comes last. */
  give(portion: Portion): Open {
    if (this.ids === 0) return this.giveFirst(portion);
    const fewest = Math.min(...this.readers.map(({ portions }) => portions));
    const reader = this.readers.findLast(({ portions }) => portions === fewest) as Reader;
    return this.order(reader, portion, (order) => ({ type: "start", ...order }));
  }

  /** The first portion is this thread's; the others learn from its beginning what they have to know. */
  private giveFirst(portion: Portion): Open {
    const { task } = this;
    const [first, ...others] = this.readers as [Reader, ...Reader[]];
    const head = { ...portion, bytes: portion.bytes.slice(0, CHUNK), isLast: false };
    for (const { take } of others) take({ type: "learn", task, head });
    return this.order(first, portion, (order) => ({ type: "begin", task, ...order }));
  }

  /** Who is to be heard of the portion `next`: its own reader, or the one that has come to the state `state` before it. */
  async connect(before: Open, state: string, next: Open): Promise<Open> {
    const { reader, id: from } = before;
    this.inboxes.delete(from);
    const answer = await next.answers.next();
    if (answer.type === "state" && answer.state === state) {
      reader.take({ type: "forget", id: from });
      return next;
    }
    this.inboxes.delete(next.id);
    next.reader.take({ type: "forget", id: next.id });
    return this.order(reader, next.portion, (order) => ({ type: "goOn", from, ...order }));
  }

  private order(reader: Reader, portion: Portion, orderOf: (order: PortionOrder) => Order): Open {
    const id = this.ids++;
    const answers = new Inbox<Answer>();
    this.inboxes.set(id, answers);
    this.working.set(id, reader);
    reader.portions++;
    reader.take(orderOf({ id, portion, isAllKept: !this.kept.isFull }));
    return { id, portion, reader, answers };
  }

  /** What comes next needs their memory. */
  async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Gives the error, where one comes, when all that came before it was dealt with. */
class UntilError<T> {
  private readonly items: AsyncIterator<T>;
  private error: unknown = null;

  constructor(items: AsyncIterable<T>) {
    this.items = items[Symbol.asyncIterator]();
  }

  async next(): Promise<T | null> {
    if (this.error !== null) return null;
    try {
      const { done, value } = await this.items.next();
      return done ? null : value;
    } catch (error) {
      this.error = error;
      return null;
    }
  }

  throwError(): void {
    if (this.error !== null) throw this.error;
  }
}
