import type { NamedReading } from "../find/finding";
import { type Change, changeBetween } from "../read/change";
import type { Reading } from "../read/model";
import type { PiecedText } from "../read/piecedText";
import { readSteps } from "../read/read";
import { cleanChange } from "../read/renewal";
import { rereadSteps } from "../read/reread";
import { readGdbScript } from "../read/shell/wholeScript";
import { atOnce, type Steps } from "../read/steps";
import type { EditedDocument } from "./editedDocument";
import { inSlices } from "./slices";

/** A document of the editor with what it says, as of one version; its path is its URI. */
export interface OpenDocument extends NamedReading {
  readonly document: EditedDocument;
  /** Which version of it. */
  readonly version: number;
  /** Made when first asked for, and all at once then if nobody has waited for it. */
  readonly reading: Reading;
  /** Does nobody have to wait for the reading? */
  readonly isAtHand: boolean;
  /** Is there a newer version, or is the document closed? */
  readonly isSuperseded: boolean;
  /** The one edit that made its clean text of that of an older version. */
  changeSince(older: OpenDocument): Change;
}

/** A shorter text is read within a few milliseconds. */
const SHORT = 1 << 18;

/** What became of a reading that was waited for: made, or given up because the text is another by now. */
type Outcome = typeof READ | typeof SUPERSEDED;

const READ = "read";
export const SUPERSEDED = "superseded";

/** A reading with the version that it is of. */
interface Older {
  readonly reading: Reading;
  readonly version: number;
}

/** One version of a document. */
export class Version implements OpenDocument {
  readonly document: EditedDocument;
  readonly version: number;
  readonly path: string;
  private readonly content: PiecedText;
  /** The reading of an older version, until there is one of this that the next can be made of. */
  private older: Older | null;
  private made: Reading | null = null;
  /** Why the text cannot be read. */
  private failure: { readonly error: unknown } | null = null;
  /** The reading that has been begun. */
  private steps: Steps<void> | null = null;
  private outcome: Promise<Outcome> | null = null;
  private superseded = false;

  constructor(document: EditedDocument, before: Version | null) {
    // The editor changes the document object in place, so that text and version are taken now.
    this.document = document;
    this.version = document.version;
    this.path = document.uri;
    this.content = document.content;
    this.older = before?.latest ?? null;
  }

  /** After an edit only the text around it is read, where that is enough. */
  get reading(): Reading {
    if (!this.isTried) this.finish();
    if (this.failure !== null) throw this.failure.error;
    return this.made as Reading;
  }

  /** The latest reading there is, of this version or an older one. */
  private get latest(): Older | null {
    const { made, version, older } = this;
    return made === null ? older : { reading: made, version };
  }

  private finished(made: Reading): void {
    this.made = made;
    this.older = null;
  }

  changeSince(older: OpenDocument): Change {
    const [one, other] = [older.reading, this.reading];
    return cleanChange(one, other) ?? changeBetween(one.clean.text, other.clean.text);
  }

  get isAtHand(): boolean {
    return this.isTried || this.isScript || this.content.length < SHORT;
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
    const { content, older } = this;
    try {
      if (this.isScript) this.finished(readGdbScript(content.toString()));
      else if (older === null) this.finished(yield* readSteps(content.toString()));
      else this.finished(yield* rereadSteps(older.reading, content, this.changeOf(older)));
    } catch (error) {
      this.failure = { error };
    } finally {
      this.steps = null;
    }
  }

  /** Reads what is left to read, all at once. */
  private finish(): void {
    atOnce(this.steps ?? this.inSteps());
  }

  /** What was typed since the version of the reading. */
  private changeOf({ reading, version }: Older): Change {
    const edit = this.document.changeBetween(version, this.version);
    if (edit === null) return changeBetween(reading.text, this.content.toString());
    const { from, to, end } = edit;
    return { from, to, inserted: this.content.slice(from, end) };
  }
}
