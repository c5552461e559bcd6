import { RAL, type RemoteConsole } from "vscode-languageserver";
import { hoverSteps } from "../features/hover/beforehand";
import { type Judgement, judgeSteps, shipped } from "../notes/judge";
import type { Note } from "../notes/note";
import type { Steps } from "../read/steps";
import { situationSteps } from "../suggest/suggest";
import type { Documents, OpenDocument } from "./documents";
import { type Judged, movedTo, offsetBefore } from "./movedJudgement";
import { failuresTo, safely } from "./safely";
import { Sliced } from "./slices";

// What follows from all open documents together is worked out in the background: in slices between which the server
// answers, anew after each change, and never two at a time. No request works it out itself. Which one is answered with
// what:
//
//   hover, definition, references,    with the last judgement that was finished, its places moved with the edits since
//   implementation                    and left out where an edit touched them. A document that was opened just now waits
//                                     for its first judgement: nobody is typing there yet, and an answer without the
//                                     hypotheses would be taken for the whole one.
//   completion                        the same, but waits for nothing: it comes with each key. The commands are those of
//                                     the last judgement.
//   code lenses, diagnostics          wait for the judgement of the texts as they stand: the editor asks for them by itself
//                                     and draws what it gets; the old ones stay where they are until then.
//   case documents, the list of       wait for it, too: they show nothing but the judgement, and are asked for again when
//   hypotheses, next commands         it is told to have changed.
//   everything else                   does not need one.
//
// When the texts are judged, what hovers look for in all of a text is worked out beforehand.

/** A pause in typing that is long enough to look at all texts again. */
const PAUSE_MS = 300;

/** Who types without a pause is told after so long what follows from the text as it was at some moment. */
const MOST_WAIT_MS = 3000;

const NOTHING: Judged = {
  sources: [],
  judgement: { sources: [], findings: [], hypotheses: [] },
};

/** A place in a judgement that is about an older version of its document. */
export interface JudgedPlace {
  readonly judgement: Judgement;
  readonly source: OpenDocument;
  /** In the clean text of that version. */
  readonly offset: number;
}

/** What follows from all open documents together, kept up to date in the background. */
export class Judgements {
  private readonly documents: Documents;
  private readonly console: Pick<RemoteConsole, "error">;
  private readonly listeners: ((judgement: Judgement) => void)[] = [];
  private known: readonly Note[] = shipped;
  /** The last judgement that was finished, and the same with its places where they stand now. */
  private finished = NOTHING;
  private shown = NOTHING;
  /** The notes that it was made with; null for none yet. */
  private finishedNotes: readonly Note[] | null = null;
  private readonly opened = new Set<string>();
  private timer: { dispose(): void } | null = null;
  private run: Run | null = null;
  /** What nobody has asked for yet. */
  private preparation: Sliced<void> | null = null;
  /** Since when there is something to judge. */
  private changedAt: number | null = null;
  private waiting: (() => void)[] = [];

  constructor(documents: Documents, console: Pick<RemoteConsole, "error">) {
    this.documents = documents;
    this.console = console;
    documents.texts.onDidChangeContent(({ document: { uri } }) => {
      const isOpened = !this.opened.has(uri);
      this.opened.add(uri);
      this.change(isOpened ? 0 : PAUSE_MS);
    });
    documents.texts.onDidClose(({ document: { uri } }) => {
      this.opened.delete(uri);
      this.change(0);
    });
  }

  /** What is looked for: the notes that come with the program, unless others are set. */
  get notes(): readonly Note[] {
    return this.known;
  }

  set notes(notes: readonly Note[]) {
    this.known = notes;
    this.change(0);
  }

  /** The documents that are looked at together, as they stand now. */
  sources(): readonly OpenDocument[] {
    return this.documents.all().filter(isEvidence);
  }

  /** The last judgement that was finished. Its places are where they stand now. */
  latest(): Judgement {
    const now = this.sources();
    if (isSame(now, this.shown.sources)) return this.shown.judgement;
    const moved = movedTo(now, this.shown);
    if (now.every(({ isAtHand }) => isAtHand)) this.shown = moved;
    return moved.judgement;
  }

  /** The same with its places where they stood then: whoever asks what it knows besides need not look for it again. */
  get last(): Judgement {
    return this.finished.judgement;
  }

  /** Where a place of a document stood then; null for one that is new. */
  asJudged(open: OpenDocument, offset: number): JudgedPlace | null {
    const source = this.finished.sources.find(({ path }) => path === open.path) ?? open;
    const before = offsetBefore(source, open, offset);
    return before === null ? null : { judgement: this.last, source, offset: before };
  }

  /** Once the texts are judged as they stand, or while somebody types on and on, as they stood a little ago. */
  settled(): Promise<void> {
    if (this.changedAt === null) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Is the document one that was opened just now, and not judged yet? */
  isFirstToCome(open: OpenDocument): boolean {
    if (this.changedAt === null || !isEvidence(open)) return false;
    return this.finished.sources.every(({ path }) => path !== open.path);
  }

  /** Once there is a judgement of the document, if only of an older version. */
  async first(open: OpenDocument): Promise<void> {
    while (this.isFirstToCome(open)) await this.settled();
  }

  /** Calls `listener` with each new judgement. */
  onChange(listener: (judgement: Judgement) => void): void {
    this.listeners.push(listener);
  }

  /** After the server's end nobody is told anything any more. */
  dispose(): void {
    this.timer?.dispose();
    this.stop();
    this.release();
  }

  private change(pause: number): void {
    const now = Date.now();
    const isPending = this.timer !== null && this.changedAt !== null;
    this.changedAt ??= now;
    const isOverdue = now - this.changedAt >= MOST_WAIT_MS;
    if (isOverdue && this.run !== null) return;
    this.stop();
    // Somebody who types does not want to be overtaken by a document that opens.
    if (isPending && pause < PAUSE_MS) return;
    this.timer?.dispose();
    this.timer = RAL().timer.setTimeout(() => this.start(), isOverdue ? 0 : pause);
  }

  private stop(): void {
    this.run?.stop();
    this.run = null;
    this.preparation?.stop();
    this.preparation = null;
  }

  private async start(): Promise<void> {
    this.timer = null;
    const run = new Run();
    this.run = run;
    await this.documents.ready();
    if (this.run !== run) return;
    const sources = this.sources();
    const notes = this.known;
    if (isSame(sources, this.finished.sources) && notes === this.finishedNotes) {
      this.settle(sources, notes);
      return;
    }
    run.begin(this.steps(sources, notes), (judgement) => {
      this.finished = { sources, judgement };
      this.shown = this.finished;
      this.finishedNotes = notes;
      this.settle(sources, notes);
      for (const listener of this.listeners)
        safely(this.console, "news", undefined, () => listener(this.latest()));
      if (this.timer === null)
        this.preparation = new Sliced(this.prepare(sources), () => undefined);
    });
  }

  private *prepare(sources: readonly OpenDocument[]): Steps<void> {
    try {
      for (const source of sources) if (isReadable(source)) yield* hoverSteps(source.reading);
    } catch (error) {
      failuresTo(this.console)("preparation", error);
    }
  }

  /** A document whose reading fails costs the others nothing. */
  private *steps(sources: readonly OpenDocument[], notes: readonly Note[]): Steps<Judgement> {
    const failed = failuresTo(this.console);
    const readable: OpenDocument[] = [];
    for (const source of sources) {
      if (isReadable(source)) readable.push(source);
      yield;
    }
    try {
      const judgement = yield* judgeSteps(readable, notes, failed);
      yield* situationSteps(judgement);
      return judgement;
    } catch (error) {
      failed("judgement", error);
      return NOTHING.judgement;
    }
  }

  /** The texts may have changed since the judgement began, if somebody types on and on. */
  private settle(sources: readonly OpenDocument[], notes: readonly Note[]): void {
    this.run = null;
    this.changedAt = null;
    if (!isSame(sources, this.sources()) || notes !== this.known) this.change(PAUSE_MS);
    this.release();
  }

  private release(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A judgement that is being made; it can be given up before it has begun. */
class Run {
  private work: Sliced<Judgement> | null = null;

  begin(steps: Steps<Judgement>, done: (judgement: Judgement) => void): void {
    this.work = new Sliced(steps, done);
  }

  stop(): void {
    this.work?.stop();
  }
}

function isReadable(open: OpenDocument): boolean {
  try {
    return open.reading !== null;
  } catch {
    return false;
  }
}

const isSame = (one: readonly OpenDocument[], other: readonly OpenDocument[]): boolean =>
  one.length === other.length && one.every((each, i) => each === other[i]);

/** A list of commands tells of nothing that happened, and an older version of a file tells everything twice. */
const isEvidence = ({ document: { languageId, uri } }: OpenDocument): boolean =>
  languageId !== "gdb-script" && !/^(?:git|gitfs|vscode-scm|backtrace-[a-z]+):/.test(uri);
