import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from "vscode-languageserver";
import { Documents, type OpenDocument } from "./documents";
import { safely } from "./safely";
import { defaultSettings, type Settings } from "./settings";

/** What the editor can ask for: the capabilities to announce, and the handlers behind them. */
export interface Answer {
  readonly capabilities: ServerCapabilities;
  listen(desk: Desk): void;
}

/** Where the editor's requests arrive. */
export class Desk {
  readonly connection: Connection;
  readonly documents = new Documents();
  settings: Settings = defaultSettings;
  /** What the editor said that it can do. */
  client: ClientCapabilities = {};

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /**
   * A handler for requests about one document: `handle` gets the document and the request; a document that is not open
   * and a failure give `fallback`, a request that was taken back while it waited is not worked on.
   */
  about<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, params: P) => R,
  ): (params: P, token: CancellationToken) => R | ResponseError<void> {
    return this.anything(name, fallback, (params: P) => {
      const open = this.documents.get(params.textDocument.uri);
      return open === undefined ? fallback : handle(open, params);
    });
  }

  /** A handler for requests about no document in particular. */
  anything<P, R>(
    name: string,
    fallback: R,
    handle: (params: P) => R,
  ): (params: P, token: CancellationToken) => R | ResponseError<void> {
    return (params, token) => {
      if (token.isCancellationRequested) return cancelled();
      return safely(this.connection.console, name, fallback, () => handle(params));
    };
  }
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}
