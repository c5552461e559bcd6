import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from "vscode-languageserver";
import type { Judgement } from "../notes/judge";
import type { Steps } from "../read/steps";
import { Documents, type OpenDocument } from "./documents";
import { Judgements } from "./judgements";
import { asNote, type NoteDocument } from "./noteDocument";
import { noOptions, type Options } from "./options";
import { safely } from "./safely";
import { defaultSettings, type Settings } from "./settings";
import { inSlices } from "./slices";
import { TeamNotes } from "./teamNotes";
import { SUPERSEDED } from "./version";

/** What the editor can ask for: the capabilities to announce, and the handlers behind them. */
export interface Answer {
  readonly capabilities: ServerCapabilities;
  listen(desk: Desk): void;
}

/** What answers a request: at once, or when the texts that it is about are read. */
type Handler<P, R> = (params: P, token: CancellationToken) => Reply<R> | Promise<Reply<Awaited<R>>>;

type Reply<R> = R | ResponseError<void>;

/** Where the editor's requests arrive. */
export class Desk {
  readonly connection: Connection;
  readonly documents = new Documents();
  settings: Settings = defaultSettings;
  /** What the editor said that it can do. */
  client: ClientCapabilities = {};
  /** What our own client said besides. */
  options: Options = noOptions;
  readonly judgements: Judgements;
  readonly teamNotes = new TeamNotes();
  private readonly inNotes = new Map<string, (note: NoteDocument, params: never) => unknown>();

  constructor(connection: Connection) {
    this.connection = connection;
    this.judgements = new Judgements(this.documents, connection.console);
  }

  /**
   * A handler for requests about one document: `handle` gets the document and the request; a document that is not open
   * and a failure give `fallback`. About a note that is being written, what was set for this name with `inNote` is asked
   * instead.
   */
  about<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, params: P) => R,
  ): Handler<P, R> {
    return this.aboutText(name, fallback, ({ textDocument }) => textDocument.uri, handle);
  }

  /** As `about`, where `uriOf` says which document the request is about. */
  aboutText<P, R>(
    name: string,
    fallback: R,
    uriOf: (params: P) => string,
    handle: (open: OpenDocument, params: P) => R,
  ): Handler<P, R> {
    const answer = this.anything(name, fallback, (params: P) => {
      const open = this.documents.get(uriOf(params));
      return open ? handle(open, params) : this.answerInNote(name, fallback, uriOf(params), params);
    });
    return (params, token) => {
      const open = this.documents.get(uriOf(params));
      if (open === undefined || open.isAtHand) return answer(params, token);
      return afterwards(open.whenRead(), token, () => answer(params, token));
    };
  }

  /** As `about`, for what may take long: it is worked out in slices, and given up when nobody wants it any more. */
  aboutInSlices<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, params: P) => Steps<R>,
  ): Handler<P, R> {
    return (params, token) => {
      const work = async (open: OpenDocument): Promise<Reply<Awaited<R>>> => {
        const isUnwanted = () => token.isCancellationRequested || open.isSuperseded;
        const found = await inSlices(handle(open, params), isUnwanted);
        if (found !== null) return await found;
        return token.isCancellationRequested ? cancelled() : superseded();
      };
      const answer = this.about<P, R | Promise<Reply<Awaited<R>>>>(name, fallback, work);
      return answer(params, token) as ReturnType<Handler<P, R>>;
    };
  }

  /** A handler for requests about all open documents. */
  aboutAll<P, R>(name: string, fallback: R, handle: (params: P) => R): Handler<P, R> {
    const answer = this.anything(name, fallback, handle);
    return (params, token) => {
      const { documents } = this;
      if (documents.isReady) return answer(params, token);
      return afterwards(documents.ready(), token, () => answer(params, token));
    };
  }

  private answerInNote<P, R>(name: string, fallback: R, uri: string, params: P): R {
    const note = this.note(uri);
    const answer = this.inNotes.get(name);
    return note && answer ? (answer(note, params as never) as R) : fallback;
  }

  /** Answers the requests of this name when they are about a note. */
  inNote<P, R>(name: string, answer: (note: NoteDocument, params: P) => R): void {
    this.inNotes.set(name, answer);
  }

  /** The open note; null for any other document. */
  note(uri: string): NoteDocument | null {
    const document = this.documents.texts.get(uri);
    if (document === undefined) return null;
    const shippedFolder = this.options.notesFolder;
    return asNote(document, { shippedFolder, holds: (each) => this.teamNotes.holds(each) });
  }

  /**
   * As `about`, with what follows from all open documents, once the typing has paused: for what the editor asks for by
   * itself after each change.
   */
  judged<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, judgement: Judgement, params: P) => R,
  ): (params: P, token: CancellationToken) => Promise<Reply<Awaited<R>>> {
    const answer = this.about(name, fallback, (open, params: P) =>
      handle(open, this.judgements.latest(), params),
    );
    return (params, token) =>
      afterwards(this.judgements.settled(), token, () => answer(params, token));
  }

  /** As `judged`, worked out in slices. */
  judgedInSlices<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, judgement: Judgement, params: P) => Steps<R>,
  ): (params: P, token: CancellationToken) => Promise<Reply<Awaited<R>>> {
    const answer = this.aboutInSlices(name, fallback, (open, params: P) =>
      handle(open, this.judgements.latest(), params),
    );
    return (params, token) =>
      afterwards(this.judgements.settled(), token, () => answer(params, token));
  }

  /** As `judged` for requests about no document in particular. */
  judgedAll<P, R>(
    name: string,
    fallback: R,
    handle: (judgement: Judgement, params: P) => R,
  ): (params: P, token: CancellationToken) => Promise<Reply<Awaited<R>>> {
    const answer = this.aboutAll(name, fallback, (params: P) =>
      handle(this.judgements.latest(), params),
    );
    return (params, token) =>
      afterwards(this.judgements.settled(), token, () => answer(params, token));
  }

  /** As `about`, with what followed from all open documents last, for what a person asks for: nobody waits for more. */
  explained<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    fallback: R,
    handle: (open: OpenDocument, judgement: Judgement, params: P) => R,
  ): Handler<P, R> {
    const { documents, judgements } = this;
    const answer = this.about(name, fallback, (open, params: P) =>
      handle(open, judgements.latest(), params),
    );
    return (params, token) => {
      const open = documents.get(params.textDocument.uri);
      if (open === undefined || !judgements.isFirstToCome(open)) return answer(params, token);
      return afterwards(judgements.first(open), token, () => answer(params, token));
    };
  }

  /** The file of a note; null where the client did not say where the notes are. */
  noteUri(id: string): string | null {
    const { notesFolder } = this.options;
    const own = this.teamNotes.uriOf(id);
    if (own !== null) return own;
    return notesFolder && `${notesFolder}/${encodeURIComponent(id)}.md`;
  }

  /**
   * A handler for requests about no document in particular: a failure gives `fallback`, a request that was taken back while
   * it waited is not worked on.
   */
  anything<P, R>(
    name: string,
    fallback: R,
    handle: (params: P) => R,
  ): (params: P, token: CancellationToken) => Reply<R> {
    return (params, token) => {
      if (token.isCancellationRequested) return cancelled();
      return safely(this.connection.console, name, fallback, () => handle(params));
    };
  }
}

/** Answers when what it waits for is done, or else says at once why there will be no answer. */
async function afterwards<R>(
  work: Promise<unknown>,
  token: CancellationToken,
  answer: () => Reply<R> | Promise<Reply<Awaited<R>>>,
): Promise<Reply<Awaited<R>>> {
  const outcome = await Promise.race([work, cancellation(token)]);
  return outcome === SUPERSEDED ? superseded() : await answer();
}

const cancellation = (token: CancellationToken): Promise<void> =>
  new Promise((resolve) => token.onCancellationRequested(() => resolve()));

const cancelled = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");

const superseded = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.ContentModified, "The document has changed.");
