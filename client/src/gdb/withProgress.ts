import * as vscode from "vscode";
import { withoutLinks } from "../withoutLinks";

/** Work with a notification that shows how far it is and can be cancelled. */
export function withProgress<T>(
  title: string,
  work: (report: (message: string, share: number) => void, stop: AbortSignal) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: withoutLinks(title), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const listener = token.onCancellationRequested(() => stop.abort());
      try {
        const report = (message: string, share: number) =>
          progress.report({ message: withoutLinks(message), increment: share * 100 });
        return await work(report, stop.signal);
      } finally {
        listener.dispose();
      }
    },
  );
}
