/** A larger table takes more memory than its words are worth. */
const MOST_STATES = 1 << 14;

/** The start, before any character of a word was seen. */
const START = 0;

/**
 * Finds many words in one pass over a text, as Aho and Corasick described it: a state stands for the longest beginning of
 * a word that the text ends with so far, and a table says which one follows with each character.
 */
export class Automaton {
  /** The words that it knows: others did not fit any more. */
  readonly words: ReadonlyMap<string, number>;
  private readonly table: Int32Array;
  private readonly columns: Uint8Array;
  /** Each state's row begins at the state's number moved so far. */
  private readonly shift: number;
  private readonly endsWord: Uint8Array;
  private readonly endings: readonly (readonly number[])[];

  constructor(words: Iterable<string>) {
    const tree = new Tree(words);
    this.words = tree.words;
    this.columns = tree.columns;
    this.shift = Math.ceil(Math.log2(tree.columnCount));
    this.table = new Int32Array(tree.branches.length << this.shift);
    this.endings = tree.endings;
    this.fill(tree);
    this.endsWord = Uint8Array.from(this.endings, ({ length }) => Math.min(length, 1));
  }

  /** State by state, the shorter beginnings first: where a word does not go on, its longest ending that begins one does. */
  private fill({ branches, endings, columnCount }: Tree): void {
    const { table, shift } = this;
    const fallback = new Int32Array(branches.length);
    const queue = [START];
    for (const state of queue) {
      const fall = fallback[state] as number;
      if (state !== START) endings[state]?.push(...(endings[fall] as number[]));
      for (let column = 0; column < columnCount; column++) {
        const instead = state === START ? START : (table[(fall << shift) + column] as number);
        const next = branches[state]?.get(column);
        table[(state << shift) + column] = next === undefined ? instead : next << shift;
        if (next === undefined) continue;
        fallback[next] = instead >> shift;
        queue.push(next);
      }
    }
  }

  /** Goes over a stretch of the text; `found` hears each word's number and its end. Returns where the next stretch goes on. */
  scan(
    text: string,
    from: number,
    to: number,
    state: number,
    found: (word: number, end: number) => void,
  ): number {
    const { table, columns, shift, endsWord } = this;
    let row = state;
    for (let at = from; at < to; at++) {
      row = table[row + (columns[text.charCodeAt(at)] as number)] as number;
      if (endsWord[row >> shift] === 1)
        for (const word of this.endings[row >> shift] as number[]) found(word, at + 1);
    }
    return row;
  }
}

/** The words as a tree of their characters. */
class Tree {
  readonly words = new Map<string, number>();
  readonly branches: Map<number, number>[] = [new Map()];
  /** By state: the words that end there. */
  readonly endings: number[][] = [[]];
  /** By character: its column of the table; 0 for characters of no word. */
  readonly columns = new Uint8Array(1 << 16);
  columnCount = 1;

  constructor(words: Iterable<string>) {
    for (const word of words) {
      const isNew = word !== "" && !this.words.has(word);
      if (isNew && this.branches.length + word.length <= MOST_STATES && this.hasColumns(word))
        this.add(word);
    }
  }

  private hasColumns(word: string): boolean {
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      if (this.columns[code] !== 0) continue;
      if (this.columnCount > 255) return false;
      this.columns[code] = this.columnCount++;
    }
    return true;
  }

  private add(word: string): void {
    let state = START;
    for (let at = 0; at < word.length; at++)
      state = this.branch(state, this.columns[word.charCodeAt(at)] as number);
    this.endings[state]?.push(this.words.size);
    this.words.set(word, this.words.size);
  }

  private branch(state: number, column: number): number {
    const branches = this.branches[state] as Map<number, number>;
    const known = branches.get(column);
    if (known !== undefined) return known;
    const made = this.branches.length;
    this.branches.push(new Map());
    this.endings.push([]);
    branches.set(column, made);
    return made;
  }
}
