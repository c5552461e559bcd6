import { RAL } from "vscode-languageserver";
import type { Budgets } from "../../digest/kept";
import { type DigestFollower, type DigestTask, digestOf, type TextFiles } from "./files";

/** Judging is done in one go: here nobody else is answered meanwhile. */
const BUDGETS: Budgets = { first: 4 << 20, later: 2 << 20 };

/** Makes the digest in this thread, which answers others between pieces of the text. */
export const digestHere = (files: TextFiles, task: DigestTask, follower: DigestFollower) =>
  digestOf(files, task, {
    progress: follower.progress,
    failed: follower.failed,
    budgets: BUDGETS,
    pause: async () => {
      await new Promise<void>((resolve) => RAL().timer.setImmediate(resolve));
      if (follower.token.isCancellationRequested) throw new Error("cancelled");
    },
  });
