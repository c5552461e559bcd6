import { availableParallelism } from "node:os";
import {
  isMainThread,
  type MessagePort,
  parentPort,
  Worker,
  workerData,
} from "node:worker_threads";
import { Kept } from "../digest/kept";
import { isUtf8 } from "../files/decode";
import { CHUNK, inputChunks, inputText, type Progress } from "../files/input";
import { Inbox } from "./inbox";
import { UsageError } from "./options";
import { type Answer, type Order, PortionWorker } from "./portionWorker";
import { PORTIONS, readByPortions } from "./readers";
import { buffersOf, type Result, reported, type Task, work } from "./work";

/** So many characters a worker may be ahead of what was taken from it. */
const MOST_AHEAD = 1 << 26;

/** A text so long is shared among threads: for others it would take longer to start them. */
const LONG_TEXT = 4 * CHUNK;

/** What a worker says about the task that it has. */
type Message =
  | { readonly type: "result"; readonly result: Result }
  | { readonly type: "end" }
  | { readonly type: "error"; readonly message: string; readonly isUsage: boolean };

/** Does the tasks on as many cores as there are; what comes of them is in their order, whoever is first. */
export async function* workAll(
  tasks: readonly Task[],
  progress: Progress,
  kept: Kept = new Kept(),
): AsyncGenerator<{ readonly task: Task; readonly result: Result }> {
  const crew = canShare && tasks.filter(isFile).length > 1 ? new Crew(tasks) : null;
  try {
    for (const task of tasks) {
      const results = crew && isFile(task) ? crew.results(task) : workAlone(task, progress, kept);
      for await (const result of results) yield { task, result };
    }
  } finally {
    crew?.end();
  }
}

/** A single file that is long enough is read by several threads, too. */
async function* workAlone(task: Task, progress: Progress, kept: Kept): AsyncGenerator<Result> {
  if (!canShare || !isFile(task) || task.command === "group") return yield* work(task, progress);
  const chunks = inputChunks(task.path, progress);
  const begin = await firstOf(chunks, LONG_TEXT / CHUNK);
  const [head] = begin;
  const isLong = begin.length === LONG_TEXT / CHUNK;
  const all = again(begin, chunks);
  if (isLong && head && isUtf8(head)) yield* readByPortions(task, all, kept);
  else yield* reported(task, inputText(task.path, all));
}

async function firstOf<T>(items: AsyncIterator<T>, most: number): Promise<T[]> {
  const first: T[] = [];
  while (first.length < most) {
    const { done, value } = await items.next();
    if (done) break;
    first.push(value);
  }
  return first;
}

async function* again<T>(first: T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  for (let item = first.shift(); item !== undefined; item = first.shift()) yield item;
  yield* rest;
}

/** Standard input is this thread's. */
const isFile = ({ path }: Task): boolean => path !== "-";

const canShare = isMainThread && availableParallelism() > 1;

/** Workers, each with one task after the other. */
class Crew {
  private readonly waiting: Task[];
  private readonly jobs = new Map<Task, Job>();
  private readonly workers: Worker[] = [];

  constructor(tasks: readonly Task[]) {
    this.waiting = tasks.filter(isFile);
    for (const task of this.waiting) this.jobs.set(task, new Job());
    const count = Math.min(availableParallelism(), this.waiting.length);
    for (let i = 0; i < count; i++) this.start();
  }

  private start(): void {
    const worker = new Worker(__filename);
    this.workers.push(worker);
    let job = this.next(worker);
    worker.on("message", (message: Message) => {
      job?.take(message, worker);
      if (message.type !== "result") job = this.next(worker);
    });
    worker.on("error", (error) => job?.fail(error));
  }

  private next(worker: Worker): Job | undefined {
    const task = this.waiting.shift();
    if (task) worker.postMessage(task);
    return task && this.jobs.get(task);
  }

  async *results(task: Task): AsyncGenerator<Result> {
    yield* (this.jobs.get(task) as Job).results();
    this.jobs.delete(task);
  }

  end(): void {
    for (const worker of this.workers) void worker.terminate();
  }
}

/** What has come of a task, until somebody takes it. */
class Job {
  private readonly inbox = new Inbox<{ readonly message: Message; readonly from: Worker }>();

  take(message: Message, from: Worker): void {
    this.inbox.push({ message, from });
  }

  fail(error: Error): void {
    this.inbox.fail(error);
  }

  async *results(): AsyncGenerator<Result> {
    for (;;) {
      const { message, from } = await this.inbox.next();
      if (message.type === "end") return;
      if (message.type === "error") throw errorOf(message);
      const { result } = message;
      yield result;
      from.postMessage(sizeOf(result));
    }
  }
}

const errorOf = ({ message, isUsage }: { message: string; isUsage: boolean }): Error =>
  isUsage ? new UsageError(message) : new Error(message);

/** In a worker: does what it was started for. */
export function serve(): void {
  const port = parentPort;
  if (port === null) return;
  if (workerData === PORTIONS) {
    const say = (answer: Answer) =>
      port.postMessage(answer, answer.type === "block" ? buffersOf(answer.block) : []);
    const worker = new PortionWorker(say, async () => {});
    port.on("message", (order: Order) => worker.take(order));
  } else serveTasks(port);
}

/** Does tasks as they come, and waits where it is too far ahead. */
function serveTasks(port: MessagePort): void {
  let ahead = 0;
  let goOn: () => void = () => {};
  port.on("message", (message: Task | number) => {
    if (typeof message === "number") {
      ahead -= message;
      goOn();
    } else void serveTask(message);
  });
  const send = (message: Message) => port.postMessage(message);
  const serveTask = async (task: Task): Promise<void> => {
    try {
      for await (const result of work(task, () => {})) {
        const sent = result.type === "block" ? { ...result, reading: null } : result;
        ahead += sizeOf(sent);
        port.postMessage(
          { type: "result", result: sent },
          sent.type === "block" ? buffersOf(sent) : [],
        );
        while (ahead > MOST_AHEAD) {
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
        }
      }
      send({ type: "end" });
    } catch (error) {
      const isUsage = error instanceof UsageError;
      send({ type: "error", message: (error as Error).message, isUsage });
    }
  };
}

const sizeOf = (result: Result): number =>
  result.type === "groups"
    ? 0
    : buffersOf(result).reduce((sum, { byteLength }) => sum + byteLength, result.length);
