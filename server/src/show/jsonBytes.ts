import { printableJson } from "../words/printable";

/** So many bytes are handed on at once. */
const PORTION = 1 << 18;

/** They can be handed over to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

const QUOTE = 34;
const BACKSLASH = 92;
const DIGIT_0 = 48;
const FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;

/** Numbers with more digits are left to the engine. */
const MOST_DIGITS = 9;
const MOST_PLAIN = 10 ** MOST_DIGITS;

/** So many bytes are copied at once. */
const WORD = 8;

/** Bytes to be copied again and again. */
export class Plain {
  readonly length: number;
  /** No word is a NaN, whose bytes might change on the way: eight bytes of UTF-8 without control characters make none. */
  readonly words: Float64Array;

  private constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.words = new Float64Array(Math.ceil(bytes.length / WORD));
    new Uint8Array(this.words.buffer).set(bytes);
  }

  /** Characters of JSON itself. */
  static of(characters: string): Plain {
    return new Plain(Uint8Array.from(characters, (character) => character.charCodeAt(0)));
  }

  /** A string as JSON has it. */
  static ofString(text: string): Plain {
    const json = printableJson(JSON.stringify(text));
    const bytes = new Uint8Array(3 * json.length);
    return new Plain(bytes.subarray(0, putUtf8(json, bytes, 0)));
  }
}

const NULL = Plain.of("null");

/** The codes of a longer text would take too much memory. */
const LONGEST_CODED = 1 << 22;

/** The codes of a text's characters, and maybe more behind them. */
export type CodesOf = (text: string) => Uint16Array;

/**
 * JSON as bytes of UTF-8, safe for a terminal as `printableJson` makes it. Plain characters, nearly all of a text, are
 * copied out of it one by one: strings that live for a moment would cost more time than all the rest.
 */
export class JsonBytes {
  private readonly done: Bytes[] = [];
  private bytes: Bytes = new Uint8Array(PORTION);
  private view = new DataView(this.bytes.buffer);
  private length = 0;
  /** The text that most pieces are cut out of. */
  private text = "";
  private codes: Uint16Array = new Uint16Array();

  /** Pieces of the text are found faster in its codes: a string is asked for each character what kind of string it is. */
  from(text: string, codesOf: CodesOf): void {
    if (text.length > LONGEST_CODED) return;
    this.text = text;
    this.codes = codesOf(text);
  }

  put({ length, words }: Plain): void {
    this.reserve(WORD * words.length);
    const { view } = this;
    let at = this.length;
    this.length += length;
    for (let i = 0; i < words.length; i++) {
      view.setFloat64(at, words[i] as number, true);
      at += WORD;
    }
  }

  nothing(): void {
    this.put(NULL);
  }

  /** Anything. */
  value(value: unknown): void {
    const json = printableJson(JSON.stringify(value));
    // A character becomes three bytes at most, and a pair four.
    this.reserve(3 * json.length);
    this.length = putUtf8(json, this.bytes, this.length);
  }

  string(text: string | null): void {
    if (text === null) this.nothing();
    else this.piece(text, 0, text.length);
  }

  /** A stretch of a text as a string. */
  piece(text: string, from: number, to: number): void {
    this.reserve(2 * (to - from) + 2);
    const end = text === this.text ? this.putCodes(from, to) : this.putCharacters(text, from, to);
    if (end < 0) this.value(text.slice(from, to));
    else this.length = end;
  }

  /** A stretch of the text as a string; returns where it ends, or -1 where not all of it is plain. */
  private putCodes(from: number, to: number): number {
    const { bytes, codes } = this;
    let at = this.length;
    bytes[at++] = QUOTE;
    for (let i = from; i < to; i++) {
      const code = codes[i] as number;
      if (code < FIRST_PRINTABLE || code >= DELETE) return -1;
      if (code === QUOTE || code === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    return at;
  }

  /** The same of another text. */
  private putCharacters(text: string, from: number, to: number): number {
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = QUOTE;
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      if (code < FIRST_PRINTABLE || code >= DELETE) return -1;
      if (code === QUOTE || code === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    return at;
  }

  number(value: number | null): void {
    if (value === null) this.nothing();
    else if (value < 0 || value >= MOST_PLAIN || value !== (value | 0)) this.value(value);
    else this.digits(value);
  }

  private digits(value: number): void {
    this.reserve(MOST_DIGITS);
    const { bytes } = this;
    let rest = value;
    let at = this.length + digitsOf(rest);
    this.length = at;
    do {
      const next = (rest / 10) | 0;
      bytes[--at] = DIGIT_0 + rest - 10 * next;
      rest = next;
    } while (rest > 0);
  }

  /** Goes on behind what may be handed on. */
  endLine(end: Plain): void {
    this.put(end);
    if (this.length >= PORTION) this.close();
  }

  /** All that was written, in portions. */
  finish(): readonly Bytes[] {
    if (this.length > 0) this.close();
    return this.done;
  }

  private close(): void {
    this.done.push(this.bytes.subarray(0, this.length));
    this.use(new Uint8Array(PORTION + (PORTION >> 2)));
    this.length = 0;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger: Bytes = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.use(larger);
  }

  private use(bytes: Bytes): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  return digits;
}

/** Text without lone halves of pairs; returns where it ends. */
function putUtf8(text: string, bytes: Uint8Array, from: number): number {
  let at = from;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code < 0x80) bytes[at++] = code;
    else {
      if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
        else {
          i++;
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
        }
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return at;
}
