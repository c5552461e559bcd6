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

/**
 * JSON as bytes of UTF-8, safe for a terminal as `printableJson` makes it. Plain characters, nearly all of a text, are
 * copied out of it one by one: strings that live for a moment would cost more time than all the rest.
 */
export class JsonBytes {
  private readonly done: Bytes[] = [];
  private bytes: Bytes = new Uint8Array(PORTION);
  private length = 0;

  /** Characters of JSON itself, plain ones. */
  raw(plain: string): void {
    this.reserve(plain.length);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < plain.length; i++) bytes[at++] = plain.charCodeAt(i);
    this.length = at;
  }

  /** Anything. */
  value(value: unknown): void {
    const json = printableJson(JSON.stringify(value));
    // A character becomes three bytes at most, and a pair four.
    this.reserve(3 * json.length);
    this.length = putUtf8(json, this.bytes, this.length);
  }

  string(text: string | null): void {
    if (text === null) this.raw("null");
    else this.piece(text, 0, text.length);
  }

  /** A stretch of a text as a string. */
  piece(text: string, from: number, to: number): void {
    this.reserve(2 * (to - from) + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = QUOTE;
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      if (code < FIRST_PRINTABLE || code >= DELETE) {
        this.value(text.slice(from, to));
        return;
      }
      if (code === QUOTE || code === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  number(value: number | null): void {
    if (value === null || value < 0 || value >= MOST_PLAIN || value !== (value | 0)) {
      this.raw(JSON.stringify(value));
      return;
    }
    this.reserve(MOST_DIGITS);
    const { bytes } = this;
    let rest = value | 0;
    let at = this.length + digitsOf(rest);
    this.length = at;
    do {
      const next = (rest / 10) | 0;
      bytes[--at] = DIGIT_0 + rest - 10 * next;
      rest = next;
    } while (rest > 0);
  }

  /** The end of something that may be handed on. */
  endLine(): void {
    this.raw("\n");
    if (this.length >= PORTION) this.close();
  }

  /** All that was written, in portions. */
  finish(): readonly Bytes[] {
    if (this.length > 0) this.close();
    return this.done;
  }

  private close(): void {
    this.done.push(this.bytes.subarray(0, this.length));
    this.bytes = new Uint8Array(PORTION + (PORTION >> 2));
    this.length = 0;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger: Bytes = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
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
