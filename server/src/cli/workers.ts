import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { Progress } from "../files/input";
import { UsageError } from "./options";
import { type Result, type Task, work } from "./work";

/** So many characters a worker may be ahead of what was taken from it. */
const MOST_AHEAD = 1 << 26;

/** What a worker says about the task that it has. */
type Message =
  | { readonly type: "result"; readonly result: Result }
  | { readonly type: "end" }
  | { readonly type: "error"; readonly message: string; readonly isUsage: boolean };

/** Does the tasks on as many cores as there are; what comes of them is in their order, whoever is first. */
export async function* workAll(
  tasks: readonly Task[],
  progress: Progress,
): AsyncGenerator<{ readonly task: Task; readonly result: Result }> {
  const crew = canShare(tasks) ? new Crew(tasks) : null;
  try {
    for (const task of tasks) {
      const results = crew && isFile(task) ? crew.results(task) : work(task, progress);
      for await (const result of results) yield { task, result };
    }
  } finally {
    crew?.end();
  }
}

/** Standard input is this thread's. */
const isFile = ({ path }: Task): boolean => path !== "-";

const canShare = (tasks: readonly Task[]): boolean =>
  isMainThread && availableParallelism() > 1 && tasks.filter(isFile).length > 1;

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
  private readonly come: { readonly message: Message; readonly from: Worker }[] = [];
  private error: Error | null = null;
  private wake: () => void = () => {};

  take(message: Message, from: Worker): void {
    this.come.push({ message, from });
    this.wake();
  }

  fail(error: Error): void {
    this.error = error;
    this.wake();
  }

  async *results(): AsyncGenerator<Result> {
    for (;;) {
      const first = this.come.shift();
      if (first === undefined) {
        if (this.error) throw this.error;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      } else if (first.message.type === "end") return;
      else if (first.message.type === "error") throw errorOf(first.message);
      else {
        const { result } = first.message;
        yield result;
        first.from.postMessage(sizeOf(result));
      }
    }
  }
}

const errorOf = ({ message, isUsage }: { message: string; isUsage: boolean }): Error =>
  isUsage ? new UsageError(message) : new Error(message);

/** In a worker: does tasks as they come, and waits where it is too far ahead. */
export function serveTasks(): void {
  const port = parentPort;
  if (port === null) return;
  let ahead = 0;
  let goOn: () => void = () => {};
  port.on("message", (message: Task | number) => {
    if (typeof message === "number") {
      ahead -= message;
      goOn();
    } else void serve(message);
  });
  const send = (message: Message) => port.postMessage(message);
  const serve = async (task: Task): Promise<void> => {
    try {
      for await (const result of work(task, () => {})) {
        const sent = result.type === "block" ? { ...result, reading: null } : result;
        ahead += sizeOf(sent);
        port.postMessage({ type: "result", result: sent }, buffersOf(sent));
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

/** What is handed over, not copied. */
const buffersOf = (result: Result): ArrayBuffer[] =>
  result.type === "block" ? result.output.map(({ buffer }) => buffer) : [];

const sizeOf = (result: Result): number =>
  result.type === "groups"
    ? 0
    : result.output.reduce((sum, { length }) => sum + length, result.text.length);
