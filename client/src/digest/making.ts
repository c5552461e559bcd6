import * as vscode from "vscode";
import { type BaseLanguageClient, ResponseError, WorkDoneProgress } from "vscode-languageclient";
import { withoutLinks } from "../withoutLinks";
import { type Digest, digestRequest, type Problem } from "./protocol";
import { nameOf } from "./uris";

/** The digest of a file, while a notification shows how far it is; null where it was taken back. */
export function makeDigest(
  client: BaseLanguageClient,
  file: vscode.Uri,
): Thenable<Digest | Problem | null> {
  const location = vscode.ProgressLocation.Notification;
  const title = withoutLinks(`Reading ${nameOf(file)}`);
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    followed(client, file, progress, token),
  );
}

let count = 0;

async function followed(
  client: BaseLanguageClient,
  file: vscode.Uri,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<Digest | Problem | null> {
  const workDoneToken = `digest-${++count}`;
  let percent = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== "report" || value.percentage === undefined) return;
    const message = value.percentage < 100 ? `${value.percentage} %` : "Looking for causes";
    progress.report({ message, increment: value.percentage - percent });
    percent = value.percentage;
  });
  try {
    const params = { uri: file.toString(), workDoneToken };
    return await client.sendRequest<Digest | Problem>(digestRequest.method, params, token);
  } catch (error) {
    if (token.isCancellationRequested) return null;
    client.warn("The digest was not made.", error, false);
    return {
      problem: error instanceof ResponseError ? error.message : "The server does not answer.",
    };
  } finally {
    listener.dispose();
  }
}
