import { RAL } from "vscode-languageserver";
import { SLICE_MS } from "../slices";
import { type DigestFollower, type DigestTask, digestOf, type TextFiles } from "./files";

/** Makes the digest in this thread, which answers others meanwhile. */
export function digestHere(files: TextFiles, task: DigestTask, follower: DigestFollower) {
  let end = Date.now() + SLICE_MS;
  const pause = async (): Promise<void> => {
    if (Date.now() < end) return;
    // In a browser's worker, `setImmediate` would let nobody else have his turn.
    await new Promise<void>((resolve) => RAL().timer.setTimeout(() => resolve(), 0));
    if (follower.token.isCancellationRequested) throw new Error("cancelled");
    end = Date.now() + SLICE_MS;
  };
  return digestOf(files, task, { progress: follower.progress, failed: follower.failed, pause });
}
