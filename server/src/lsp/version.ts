import { RAL } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { NamedReading } from "../find/finding";
import type { Reading } from "../read/model";
import { read, readSteps } from "../read/read";
import { reread, rereadSteps } from "../read/reread";
import { readGdbScript } from "../read/shell/wholeScript";
import type { Steps } from "../read/steps";
import { changeBetween } from "./change";

/** A document of the editor with what it says, as of one version; its path is its URI. */
export interface OpenDocument extends NamedReading {
  readonly document: TextDocument;
  /** Made when first asked for, and all at once then if nobody has waited for it. */
  readonly reading: Reading;
  /** Does nobody have to wait for the reading? */
  readonly isAtHand: boolean;
}

/** A shorter text is read within a few milliseconds. */
const SHORT = 1 << 18;

/** As long is read before others have their turn. */
const SLICE_MS = 8;

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
  private steps: Steps<Reading> | null = null;
  private waiting: ((outcome: Outcome) => void)[] = [];
  private isSuperseded = false;

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
    while (this.made === null) {
      if (this.failure !== null) throw this.failure.error;
      if (this.steps === null) this.attempt(() => this.keep(this.readAtOnce()));
      else this.step(this.steps);
    }
    return this.made;
  }

  /** The latest reading there is, of this version or an older one. */
  get latest(): Reading | null {
    return this.made ?? this.older;
  }

  /** Does nobody have to wait for the reading? */
  get isAtHand(): boolean {
    const isKnown = this.made !== null || this.failure !== null;
    return isKnown || this.isScript || this.text.length < SHORT;
  }

  /** Reads the text in slices, between which the server answers others; a text that is superseded is read no further. */
  whenRead(): Promise<Outcome> {
    if (this.isSuperseded) return Promise.resolve(SUPERSEDED);
    if (this.isAtHand) return Promise.resolve(READ);
    if (this.steps === null) {
      this.steps = this.inSteps();
      this.continueLater();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Gives up reading: there is a newer version, or the document is closed. */
  supersede(): void {
    this.isSuperseded = true;
    this.steps?.return(undefined as never);
    this.steps = null;
    this.tell(SUPERSEDED);
  }

  private get isScript(): boolean {
    return this.document.languageId === "gdb-script";
  }

  private readAtOnce(): Reading {
    const { text, older } = this;
    if (this.isScript) return readGdbScript(text);
    return older === null ? read(text) : reread(older, text, changeBetween(older.text, text));
  }

  private inSteps(): Steps<Reading> {
    const { text, older } = this;
    if (older === null) return readSteps(text);
    return rereadSteps(older, text, changeBetween(older.text, text));
  }

  private continueLater(): void {
    RAL().timer.setImmediate(() => {
      const end = Date.now() + SLICE_MS;
      while (this.steps !== null && Date.now() < end) this.step(this.steps);
      if (this.steps !== null) this.continueLater();
    });
  }

  private step(steps: Steps<Reading>): void {
    this.attempt(() => {
      const { done, value } = steps.next();
      if (done) this.keep(value);
    });
  }

  private keep(reading: Reading): void {
    this.made = reading;
    this.older = null;
    this.steps = null;
    this.tell(READ);
  }

  /** Whoever asks for the reading gets to know why there is none. */
  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failure = { error };
      this.steps = null;
      this.tell(READ);
    }
  }

  private tell(outcome: Outcome): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve(outcome);
  }
}
