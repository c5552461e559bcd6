import { cleanFleet, fullBacktraces, lighttpdLog } from "../bench/texts";

/** `inserted` in the place of a stretch of the text. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly inserted: string;
}

type Random = () => number;

const TYPED = [..."abcxyz0189 #=(){}[]\"'<>,.:/\n", "\n\n", "=== pid 311 ===\n", "(gdb) bt\n"];

/** What people paste from elsewhere; "ä" and the sign of two UTF-16 units are more than one byte. */
const PASTED = [
  () => cleanFleet(0),
  () => fullBacktraces(0),
  () => lighttpdLog(0),
  () => "[Fri Nov 20 21:38:11 2026] [error] child pid 71 exit signal Segmentation fault (11)\n",
  () => "Größe 😀 of the answer\n",
].map((text) => text().split(/(?<=\n)/));

const pick = <T>(random: Random, all: readonly T[]): T =>
  all[Math.floor(random() * all.length)] as T;

const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** The stretch of so many lines at a random place. */
function someLines(random: Random, text: string, count: number): { from: number; to: number } {
  const from = text.lastIndexOf("\n", Math.floor(random() * text.length)) + 1;
  let to = from;
  for (let i = 0; i < count && to < text.length; i++) {
    const newline = text.indexOf("\n", to);
    to = newline < 0 ? text.length : newline + 1;
  }
  return { from, to };
}

type Kind = (random: Random, text: string) => Edit;

const type: Kind = (random, text) => {
  const at = Math.floor(random() * (text.length + 1));
  const taken = random() < 0.2 ? 1 : 0;
  return { from: at, to: Math.min(text.length, at + taken), inserted: pick(random, TYPED) };
};

const paste: Kind = (random, text) => {
  const { from } = someLines(random, text, 0);
  const lines = pick(random, PASTED);
  const first = Math.floor(random() * lines.length);
  const inserted = lines.slice(first, first + between(random, 1, 40)).join("");
  return { from, to: from, inserted };
};

const remove: Kind = (random, text) => ({
  ...someLines(random, text, between(random, 1, 30)),
  inserted: "",
});

/** What mailers, terminals and browsers do to a piece of text. */
const DAMAGES: readonly ((piece: string) => string)[] = [
  (piece) => piece.replace(/^/gm, "> "),
  (piece) => piece.replace(/([^\n]{76})(?=[^\n])/g, "$1\n"),
  (piece) => piece.replace(/([^\n]{80})[^\n]+/g, "$1"),
  (piece) => piece.replaceAll("\n", "\r\n"),
  (piece) => piece.replaceAll("\n", " "),
  (piece) => piece.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  (piece) => piece.replaceAll(" ", ""),
  (piece) => `\0${piece.slice(piece.length >> 1)}`,
  (piece) => `\x1b[31m${piece}`,
];

const damage: Kind = (random, text) => {
  const piece = someLines(random, text, between(random, 1, 12));
  return { ...piece, inserted: pick(random, DAMAGES)(text.slice(piece.from, piece.to)) };
};

/** The text keeps its size but for this share of it. */
const SCATTER = 0.005;

/**
 * Somebody who edits a text: types, pastes, deletes, damages pieces, and undoes. Damage is undone after a few more edits,
 * so that both ways of reading again, around the edit and the whole text, have their turns.
 */
export class Typist {
  private readonly random: Random;
  private readonly size: number;
  private readonly undone: Edit[] = [];
  /** How many edits lead back to the text before the damage; none where nothing is damaged. */
  private sinceDamage = 0;
  private isMending = false;

  constructor(random: Random, size: number) {
    this.random = random;
    this.size = size;
  }

  next(text: string): Edit {
    const back = this.wantsBack() ? this.undone.pop() : undefined;
    if (back !== undefined) {
      this.sinceDamage = Math.max(0, this.sinceDamage - 1);
      return back;
    }
    const kind = this.kind(text);
    if (kind === damage || this.sinceDamage > 0) this.sinceDamage++;
    const edit = kind(this.random, text);
    const { from, to, inserted } = edit;
    this.undone.push({ from, to: from + inserted.length, inserted: text.slice(from, to) });
    if (this.undone.length > 100) this.undone.shift();
    return edit;
  }

  private wantsBack(): boolean {
    if (this.sinceDamage === 0) this.isMending = false;
    else this.isMending ||= this.random() < 0.4;
    return this.isMending || this.random() < 0.1;
  }

  private kind(text: string): Kind {
    if (text.length > this.size * (1 + SCATTER)) return remove;
    if (text.length < this.size * (1 - SCATTER)) return paste;
    const share = this.random();
    if (share < 0.55) return type;
    if (share < 0.75) return paste;
    return share < 0.92 ? remove : damage;
  }
}
