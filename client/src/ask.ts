import type { BaseLanguageClient, RequestType } from "vscode-languageclient";

/**
 * The server's answer, or null where it has none: it may be ending or starting again, and a command that then does
 * nothing serves better than an error nobody can act on. The log keeps the reason.
 */
export async function ask<P, R>(
  client: BaseLanguageClient,
  type: RequestType<P, R, void>,
  params: P,
): Promise<R | null> {
  try {
    return await client.sendRequest<R>(type.method, params);
  } catch (error) {
    client.warn(`${type.method} was not answered.`, error, false);
    return null;
  }
}
