import { TextDocument } from "vscode-languageserver-textdocument";
import { randomNumbers } from "../bench/random";
import { Editor, type Usage } from "../server/protocol/editor";
import { allAnswers, ask, difference } from "./answers";
import { Typist } from "./edits";

export interface SoakOptions {
  /** The bundled server. */
  readonly server: string;
  readonly text: string;
  readonly edits: number;
  readonly seed: number;
  /** After so many edits the answers are compared with those of a server that opened the text as it is then. */
  readonly compareEvery: number;
  /** Hovers at so many places are among them. */
  readonly places: number;
  /** After so many edits the memory is measured. */
  readonly measureEvery: number;
  readonly onSample: (sample: Sample) => void;
}

/** What the server took after so many edits; live is what an empty server does not have. */
export interface Sample extends Usage {
  readonly edits: number;
  readonly length: number;
}

export interface SoakResult {
  /** What went wrong first; null where nothing did. */
  readonly fault: string | null;
  readonly samples: readonly Sample[];
}

/** Questions that may be on their way when the next key is pressed. */
const MOST_WAITING = 4;

/** A server process whose document is edited at random and asked about all the time. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const editor = new Editor(options.server, true);
  await editor.start();
  const { live } = await editor.usage();
  await editor.open(options.text);
  const session = new Session(editor, live, options);
  try {
    return await session.run();
  } finally {
    await editor.stop();
  }
}

class Session {
  private readonly editor: Editor;
  private readonly empty: number;
  private readonly options: SoakOptions;
  private readonly random: () => number;
  private readonly document: TextDocument;
  private readonly samples: Sample[] = [];
  private waiting: Promise<unknown>[] = [];

  constructor(editor: Editor, empty: number, options: SoakOptions) {
    this.editor = editor;
    this.empty = empty;
    this.options = options;
    this.random = randomNumbers(options.seed);
    this.document = TextDocument.create(editor.uri, "backtrace", 0, options.text);
  }

  async run(): Promise<SoakResult> {
    const { edits, compareEvery, measureEvery, text } = this.options;
    const typist = new Typist(this.random, text.length);
    for (let count = 1; count <= edits; count++) {
      await this.edit(typist, count);
      if (count % measureEvery === 0) await this.measure(count);
      if (count % compareEvery !== 0 && count !== edits) continue;
      const fault = this.editor.logged[0] ?? (await this.compare());
      if (fault !== null) return { fault: `After ${count} edits: ${fault}`, samples: this.samples };
    }
    return { fault: null, samples: this.samples };
  }

  private async edit(typist: Typist, version: number): Promise<void> {
    const { document, editor, random } = this;
    const { from, to, inserted } = typist.next(document.getText());
    const range = { start: document.positionAt(from), end: document.positionAt(to) };
    TextDocument.update(document, [{ range, text: inserted }], version);
    await editor.change(range, inserted);
    const isNear = random() < 0.5;
    this.waiting.push(ask(editor, random, isNear ? range.start : this.anywhere()));
    if (this.waiting.length > MOST_WAITING * random()) await this.catchUp();
  }

  private async catchUp(): Promise<void> {
    await Promise.all(this.waiting);
    this.waiting = [];
  }

  private anywhere() {
    return this.document.positionAt(Math.floor(this.random() * this.document.getText().length));
  }

  private async measure(edits: number): Promise<void> {
    await this.catchUp();
    // What is kept belongs to the text as it is now.
    await this.editor.ask("diagnostic");
    const usage = await this.editor.usage();
    const live = usage.live - this.empty;
    const sample = { ...usage, live, edits, length: this.document.getText().length };
    this.samples.push(sample);
    this.options.onSample(sample);
  }

  private async compare(): Promise<string | null> {
    await this.catchUp();
    const places = Array.from({ length: this.options.places }, () => this.anywhere());
    const edited = await allAnswers(this.editor, places);
    const fresh = new Editor(this.options.server);
    await fresh.start();
    await fresh.open(this.document.getText());
    const expected = await allAnswers(fresh, places);
    await fresh.stop();
    return difference(edited, expected);
  }
}
