import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { inputParts } from "../files/input";
import { UsageError } from "../files/usageError";
import {
  type DigestFollower,
  type DigestTask,
  type Disk,
  digestOf,
  type StampedDigest,
  type TextFiles,
  Unreadable,
} from "./digest/files";

const files: TextFiles = {
  async stamp(uri) {
    const path = pathOf(uri);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      const reason = error.code === "ENOENT" ? "no such file" : error.message;
      throw new Unreadable(`cannot read ${path}: ${reason}`);
    });
    if (!found.isFile()) throw new Unreadable(`cannot read ${path}: it is no file`);
    return { size: found.size, time: Math.round(found.mtimeMs) };
  },
  async *parts(uri, byte, progress) {
    try {
      yield* inputParts(pathOf(uri), (_, share) => progress(share), byte);
    } catch (error) {
      throw error instanceof UsageError ? new Unreadable(error.message) : error;
    }
  },
};

/** The files of this machine. */
export const disk: Disk = { ...files, digest: digestInWorker };

function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    throw new Unreadable(`cannot read ${uri}: it is no file of this machine`);
  }
}

/** What a worker says. */
type Message =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "failed"; readonly part: string; readonly error: Error }
  | { readonly type: "unreadable"; readonly message: string }
  | { readonly type: "done"; readonly result: StampedDigest };

/** Judging takes seconds: meanwhile the server answers. Ending the thread ends the reading at once, wherever it is. */
function digestInWorker(task: DigestTask, follower: DigestFollower): Promise<StampedDigest> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: task });
    const cancelled = follower.token.onCancellationRequested(() => end(new Error("cancelled")));
    const end = (error: Error) => {
      cancelled.dispose();
      reject(error);
      void worker.terminate();
    };
    worker.on("message", (message: Message) => {
      if (message.type === "progress") follower.progress(message.share);
      else if (message.type === "failed") follower.failed(message.part, message.error);
      else if (message.type === "unreadable") end(new Unreadable(message.message));
      else {
        cancelled.dispose();
        resolve(message.result);
      }
    });
    worker.on("error", end);
    worker.on("exit", () => end(new Error("The thread ended without a digest.")));
  });
}

/** What the thread does that `digestInWorker` starts. */
export async function serveDigest(): Promise<void> {
  const send = (message: Message) => parentPort?.postMessage(message);
  try {
    const result = await digestOf(files, workerData as DigestTask, {
      progress: (share) => send({ type: "progress", share }),
      failed: (part, error) => send({ type: "failed", part, error: error as Error }),
      pause: async () => {},
    });
    send({ type: "done", result });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    send({ type: "unreadable", message: error.message });
  }
}
