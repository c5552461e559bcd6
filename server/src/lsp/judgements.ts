import { RAL, type RemoteConsole } from "vscode-languageserver";
import { type Judgement, judge, shipped } from "../notes/judge";
import type { Note } from "../notes/note";
import type { Documents, OpenDocument } from "./documents";
import { failuresTo, safely } from "./safely";

/** A pause in typing that is long enough to look at all texts again. */
const PAUSE_MS = 300;

const NOTHING: Judgement = { sources: [], findings: [], hypotheses: [] };

/** A judgement with what it is about. */
interface Judged {
  readonly sources: readonly OpenDocument[];
  readonly notes: readonly Note[];
  readonly judgement: Judgement;
}

/** A pause that is waited for. */
interface Pause {
  readonly over: Promise<void>;
  readonly end: () => void;
}

/**
 * What follows from all open documents together. It is worked out when somebody asks, or when the typing has paused, and
 * kept until a document or the notes change.
 */
export class Judgements {
  private readonly documents: Documents;
  private readonly console: Pick<RemoteConsole, "error">;
  private readonly listeners: ((judgement: Judgement) => void)[] = [];
  private known: Judgements["notes"] = shipped;
  private judged: Judged | null = null;
  private announced: Judgement | null = null;
  private pause: Pause | null = null;
  private timer: { dispose(): void } | null = null;

  constructor(documents: Documents, console: Pick<RemoteConsole, "error">) {
    this.documents = documents;
    this.console = console;
    documents.texts.onDidChangeContent(() => this.wait());
    documents.texts.onDidClose(() => this.wait());
  }

  /** What is looked for: the notes that come with the program, unless others are set. */
  get notes(): readonly Note[] {
    return this.known;
  }

  set notes(notes: readonly Note[]) {
    this.known = notes;
    this.wait();
  }

  /** The documents that are looked at together, as they stand now. */
  sources(): readonly OpenDocument[] {
    return this.documents.all().filter(isEvidence);
  }

  /** The judgement of the documents as they stand now. */
  current(): Judgement {
    const sources = this.sources();
    if (this.judged && this.isAbout(this.judged, sources)) return this.judged.judgement;
    const judgement = safely(this.console, "judgement", NOTHING, () =>
      judge(sources, this.known, failuresTo(this.console)),
    );
    this.judged = { sources, notes: this.known, judgement };
    return judgement;
  }

  /** The same once nobody types. */
  async settled(): Promise<Judgement> {
    if (this.pause !== null) await this.pause.over;
    return this.current();
  }

  /** Calls `listener` with each new judgement, in a pause. */
  onChange(listener: (judgement: Judgement) => void): void {
    this.listeners.push(listener);
  }

  /** After the server's end nobody is told anything any more. */
  dispose(): void {
    this.timer?.dispose();
    this.pause?.end();
  }

  private isAbout({ sources, notes }: Judged, now: readonly OpenDocument[]): boolean {
    const isSame = sources.length === now.length && sources.every((each, i) => each === now[i]);
    return isSame && notes === this.known;
  }

  private wait(): void {
    this.pause ??= newPause();
    this.timer?.dispose();
    this.timer = RAL().timer.setTimeout(() => this.settle(), PAUSE_MS);
  }

  private settle(): void {
    const judgement = this.current();
    this.timer = null;
    this.pause?.end();
    this.pause = null;
    if (judgement === this.announced) return;
    this.announced = judgement;
    for (const listener of this.listeners) listener(judgement);
  }
}

function newPause(): Pause {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}

/** A list of commands tells of nothing that happened, and an older version of a file tells everything twice. */
const isEvidence = ({ document: { languageId, uri } }: OpenDocument): boolean =>
  languageId !== "gdb-script" && !/^(?:git|gitfs|vscode-scm|backtrace-[a-z]+):/.test(uri);
