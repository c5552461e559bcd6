import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";
import { Numbers } from "../read/numbers";

/** Tokens as the protocol wants them: five numbers each, places told from the one before. */
export class TokenData {
  private readonly numbers = new Numbers();
  private line = 0;
  private character = 0;

  /** The tokens come in their order. */
  push(line: number, character: number, length: number, type: number, modifiers: number): void {
    const isSameLine = line === this.line;
    this.numbers.push(line - this.line);
    this.numbers.push(isSameLine ? character - this.character : character);
    this.numbers.push(length);
    this.numbers.push(type);
    this.numbers.push(modifiers);
    this.line = line;
    this.character = character;
  }

  finish(): Int32Array {
    return this.numbers.trim();
  }
}

/** Tokens that are kept: the numbers are small, unless a line is very long. */
type Kept = Int32Array | Uint16Array;

/** What was answered last about each document: the editor may ask only for what is different now. */
export class AnsweredTokens {
  private readonly last = new Map<string, { readonly id: string; readonly data: Kept }>();
  private count = 0;

  /** All tokens of the document. */
  whole(uri: string, data: Int32Array): SemanticTokens {
    return { resultId: this.keep(uri, data), data: plain(data) };
  }

  /** What is to be done to the tokens of the answer `since`; all of them where that is not known any more. */
  difference(uri: string, since: string, data: Int32Array): SemanticTokens | SemanticTokensDelta {
    const known = this.last.get(uri);
    if (known?.id !== since) return this.whole(uri, data);
    return { resultId: this.keep(uri, data), edits: editsBetween(known.data, data) };
  }

  forget(uri: string): void {
    this.last.delete(uri);
  }

  private keep(uri: string, data: Int32Array): string {
    const id = String(++this.count);
    this.last.set(uri, { id, data: isSmall(data) ? Uint16Array.from(data) : data });
    return id;
  }
}

/** A call for each of millions of numbers would take twenty times as long. */
function isSmall(data: Int32Array): boolean {
  let bits = 0;
  for (let i = 0; i < data.length; i++) bits |= data[i] as number;
  return bits >>> 16 === 0;
}

/** As an array that can be written as JSON. */
export function plain(data: Int32Array): number[] {
  const numbers = new Array<number>(data.length);
  for (let i = 0; i < data.length; i++) numbers[i] = data[i] as number;
  return numbers;
}

/** The one edit between the common beginning and the common end of both. */
function editsBetween(before: Kept, after: Int32Array): SemanticTokensDelta["edits"] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  while (
    end < shorter - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const data = plain(after.subarray(start, after.length - end));
  return [{ start, deleteCount: before.length - end - start, data }];
}
