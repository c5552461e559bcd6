import type { TextDocument } from "vscode-languageserver-textdocument";
import type { NamedReading } from "../find/finding";
import type { Reading } from "../read/model";
import { read, readSteps } from "../read/read";
import { reread, rereadSteps } from "../read/reread";
import { readGdbScript } from "../read/shell/wholeScript";
import { atOnce, type Steps } from "../read/steps";
import { changeBetween } from "./change";
import { inSlices } from "./slices";

/** A document of the editor with what it says, as of one version; its path is its URI. */
export interface OpenDocument extends NamedReading {
  readonly document: TextDocument;
  /** Made when first asked for, and all at once then if nobody has waited for it. */
  readonly reading: Reading;
  /** Does nobody have to wait for the reading? */
  readonly isAtHand: boolean;
  /** Is there a newer version, or is the document closed? */
  readonly isSuperseded: boolean;
}

/** A shorter text is read within a few milliseconds. */
const SHORT = 1 << 18;

/** What became of a reading that was waited for: made, or given up because the text is another by now. */
type Outcome = typeof READ | typeof SUPERSEDED;

const READ = "read";
export const SUPERSEDED = "superseded";

/** One version of a document. */
export class Version implements OpenDocument {
  readonly document: TextDocument;
  readonly version: number;
  readonly path: string;
  private readonly text: string;
  /** The reading of an older version, until there is one of this. */
  private older: Reading | null;
  private made: Reading | null = null;
  /** Why the text cannot be read. */
  private failure: { readonly error: unknown } | null = null;
  /** The reading that has been begun. */
  private steps: Steps<void> | null = null;
  private outcome: Promise<Outcome> | null = null;
  private superseded = false;

  constructor(document: TextDocument, older: Reading | null) {
    // The editor changes the document object in place, so that text and version are taken now.
    this.document = document;
    this.version = document.version;
    this.path = document.uri;
    this.text = document.getText();
    this.older = older;
  }

  /** After an edit only the text around it is read, where that is enough. */
  get reading(): Reading {
    if (!this.isTried) this.finish();
    if (this.failure !== null) throw this.failure.error;
    return this.made as Reading;
  }

  /** The latest reading there is, of this version or an older one. */
  get latest(): Reading | null {
    return this.made ?? this.older;
  }

  get isAtHand(): boolean {
    return this.isTried || this.isScript || this.text.length < SHORT;
  }

  get isSuperseded(): boolean {
    return this.superseded;
  }

  /** Reads the text in slices, between which the server answers others; a text that is superseded is read no further. */
  whenRead(): Promise<Outcome> {
    if (this.isAtHand) return Promise.resolve(READ);
    this.outcome ??= this.readInSlices();
    return this.outcome;
  }

  /** There is a newer version, or the document is closed. */
  supersede(): void {
    this.superseded = true;
  }

  private get isTried(): boolean {
    return this.made !== null || this.failure !== null;
  }

  private get isScript(): boolean {
    return this.document.languageId === "gdb-script";
  }

  private async readInSlices(): Promise<Outcome> {
    this.steps = this.inSteps();
    await inSlices(this.steps, () => this.superseded);
    return this.isTried ? READ : SUPERSEDED;
  }

  /** Whoever asks for the reading gets to know why there is none. */
  private *inSteps(): Steps<void> {
    const { text, older } = this;
    try {
      if (older === null) this.made = yield* readSteps(text);
      else this.made = yield* rereadSteps(older, text, changeBetween(older.text, text));
      this.older = null;
    } catch (error) {
      this.failure = { error };
    } finally {
      this.steps = null;
    }
  }

  /** Reads what is left to read, all at once. */
  private finish(): void {
    if (this.steps !== null) {
      atOnce(this.steps);
      return;
    }
    try {
      this.made = this.readAtOnce();
      this.older = null;
    } catch (error) {
      this.failure = { error };
    }
  }

  private readAtOnce(): Reading {
    const { text, older } = this;
    if (this.isScript) return readGdbScript(text);
    return older === null ? read(text) : reread(older, text, changeBetween(older.text, text));
  }
}
