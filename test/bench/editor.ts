import type { Position, Range } from "vscode-languageserver";
import { Editor } from "../server/protocol/editor";
import { elapsed, MEGABYTE, median, plainPass, processorTime, quantile, waited } from "./measure";
import { randomNumbers } from "./random";
import { type Row, rounded, time } from "./table";

export interface EditorOptions {
  readonly server: string;
  readonly rounds: number;
  readonly strokes: number;
}

/** Seconds until the answer, and seconds of the server's processors for each. */
interface Times {
  readonly waits: readonly number[];
  readonly processor: number;
}

/** What one server does with one large document. */
interface Session {
  readonly symbols: Times;
  readonly diagnostics: Times;
  readonly hovers: Times;
  readonly hoversAfterPause: Times;
  readonly tokens: Times;
  readonly everything: Times;
  readonly live: number;
  readonly resident: number;
}

/** The judgement begins when nobody has typed for so long; a key pressed then finds the server at work. */
const JUDGING_MS = 310;
const SHOWN_LINES = 60;
const PAUSES = 20;
/** Typing that takes longer is ended: a few keys say enough then. */
const PATIENCE_S = 20;

/** A real server process and a document of this text: opening, typing, memory. */
export async function editorRows(
  name: string,
  text: string,
  options: EditorOptions,
): Promise<Row[]> {
  const pass = median(Array.from({ length: 9 }, () => processorTime(() => plainPass(text))));
  const sessions: Session[] = [];
  for (let round = 0; round < options.rounds; round++)
    sessions.push(await session(text, round, options));
  const row = (what: string, of: (each: Session) => Times): Row => ({
    what: `editor: ${what}, ${name}`,
    figure: waitsSaid(sessions.flatMap((each) => of(each).waits)),
    ratio: median(sessions.map((each) => of(each).processor)) / pass,
    memory: null,
  });
  const opened = row("opening to symbols", ({ symbols }) => symbols);
  const memory = median(sessions.map(({ live }) => live)) / text.length;
  const resident = median(sessions.map(({ resident }) => resident)) / MEGABYTE;
  return [
    { ...opened, memory, figure: `${opened.figure}, ${rounded(resident)} MiB resident` },
    row("opening to diagnostics", ({ diagnostics }) => diagnostics),
    row("key to hover", ({ hovers }) => hovers),
    row("key to hover after a pause", ({ hoversAfterPause }) => hoversAfterPause),
    row("key to tokens in view", ({ tokens }) => tokens),
    row("key to all that an editor asks", ({ everything }) => everything),
  ];
}

function waitsSaid(waits: readonly number[]): string {
  if (waits.length < PAUSES) return time(median(waits));
  const [half = 0, most = 0, worst = 0] = [0.5, 0.95, 1].map((share) => quantile(waits, share));
  return `p50 ${time(half)}, p95 ${time(most)}, at most ${time(worst)}`;
}

async function session(text: string, seed: number, options: EditorOptions): Promise<Session> {
  const editor = new Editor(options.server, true);
  await editor.start();
  const empty = await editor.usage();
  const wait = await waited(async () => {
    await editor.open(text);
    await editor.ask("documentSymbol");
  });
  const opened = await editor.usage();
  const judging = await waited(() => editor.ask("diagnostic"));
  const judged = await editor.usage();
  await askEverything(editor);
  const { live, resident } = await editor.usage();
  const typing = new Typing(editor, text, seed);
  const hovers = await typing.times(options.strokes, (at) => hover(editor, at));
  const tokens = await typing.times(PAUSES, (at) => tokensInView(editor, at));
  const hoversAfterPause = await typing.times(PAUSES, (at) => hover(editor, at), JUDGING_MS);
  const everything = await typing.times(3, () => askEverything(editor));
  await editor.stop();
  const opening = opened.until - empty.from;
  return {
    symbols: { waits: [wait], processor: opening },
    diagnostics: { waits: [wait + judging], processor: opening + judged.until - opened.from },
    hovers,
    hoversAfterPause,
    tokens,
    everything,
    live: live - empty.live,
    resident,
  };
}

const hover = (editor: Editor, position: Position) => editor.ask("hover", { position });

const tokensInView = (editor: Editor, { line }: Position) =>
  editor.ask("semanticTokens/range", {
    range: { start: { line, character: 0 }, end: { line: line + SHOWN_LINES, character: 0 } },
  });

/** What VS Code asks by itself, sooner or later, after a change. */
async function askEverything(editor: Editor): Promise<void> {
  const methods = ["documentSymbol", "foldingRange", "semanticTokens/full", "codeLens"];
  const answers = methods.map((method) => editor.ask(method));
  await Promise.all([...answers, editor.ask("diagnostic")]);
}

/** Somebody who types a letter at a random place and takes it back, and so on. */
class Typing {
  private readonly editor: Editor;
  private readonly lines: readonly string[];
  private readonly random: () => number;
  private typed: Range | null = null;

  constructor(editor: Editor, text: string, seed: number) {
    this.editor = editor;
    this.lines = text.split("\n");
    this.random = randomNumbers(seed);
  }

  /** From the key to the answer, so many times. */
  async times(count: number, ask: (at: Position) => Promise<unknown>, pause = 0): Promise<Times> {
    const waits: number[] = [];
    const { from } = await this.editor.usage();
    const end = performance.now() + PATIENCE_S * 1000;
    for (let i = 0; i < count && performance.now() < end; i++) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      waits.push(await waited(async () => ask(await this.press())));
    }
    const { until } = await this.editor.usage();
    return { waits, processor: (until - from) / waits.length };
  }

  private async press(): Promise<Position> {
    const { typed } = this;
    if (typed !== null) {
      this.typed = null;
      await this.editor.change(typed, "");
      return typed.start;
    }
    const start = this.place();
    this.typed = { start, end: { line: start.line, character: start.character + 1 } };
    await this.editor.change({ start, end: start }, "x");
    return start;
  }

  private place(): Position {
    const line = Math.floor(this.random() * this.lines.length);
    const character = Math.floor(this.random() * (this.lines[line]?.length ?? 0));
    return { line, character };
  }
}

/** The longest time that a hover in a small document waits while a large one is read and judged. */
export async function responsiveness(
  name: string,
  text: string,
  small: string,
  { server, rounds }: EditorOptions,
): Promise<Row> {
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) longest.push(await longestWait(server, text, small));
  const pass = median(Array.from({ length: 9 }, () => elapsed(() => plainPass(text))));
  return {
    what: `editor: another text's hover waits while it is opened, ${name}`,
    figure: `at most ${time(median(longest))}`,
    ratio: median(longest) / pass,
    memory: null,
    isWait: true,
  };
}

async function longestWait(server: string, text: string, small: string): Promise<number> {
  const editor = new Editor(server);
  await editor.start();
  await editor.open(small);
  const position = { line: 3, character: 8 };
  await hover(editor, position);
  const large = { textDocument: { uri: "file:///home/me/large.save" } };
  await editor.open(text, large.textDocument.uri);
  let isOpening = true;
  const opened = Promise.all([
    editor.ask("hover", { ...large, position }),
    editor.ask("diagnostic", large),
  ]).then(() => {
    isOpening = false;
  });
  let longest = 0;
  while (isOpening) {
    longest = Math.max(longest, await waited(() => hover(editor, position)));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await opened;
  await editor.stop();
  return longest;
}
