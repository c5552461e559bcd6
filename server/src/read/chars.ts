/** Character codes that the scanners compare with. */
export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const BLANK = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const QUOTE = 39;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const COMMA = 44;
export const DASH = 45;
export const DIGIT_0 = 48;
export const DIGIT_9 = 57;
export const COLON = 58;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const LETTER_X = 120;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** A table that tells of each code below 128 whether it is among the characters; for all others it tells no. */
export function codeTable(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** The first place in `from .. to` whose character is in the table, or `to`. */
export function skipTo(table: Uint8Array, text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code < 128 && table[code] === 1) return at;
    at++;
  }
  return to;
}

export const isBlank = (code: number): boolean => code === BLANK || code === TAB;

/** Whatever `\s` matches, line breaks included. */
export const isSpace = (code: number): boolean =>
  code === BLANK ||
  (code >= TAB && code <= RETURN) ||
  (code > 127 && /\s/.test(String.fromCharCode(code)));

export const isDigit = (code: number): boolean => code >= DIGIT_0 && code <= DIGIT_9;

export const isHexDigit = (code: number): boolean =>
  isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);

/** Letter, digit, `_`, `$` or anything beyond ASCII: what an identifier is made of. */
export const isWordCharacter = (code: number): boolean =>
  isDigit(code) ||
  ((code | 32) >= 97 && (code | 32) <= 122) ||
  code === 95 ||
  code === 36 ||
  code > 127;

export function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

export function skipBlanksBack(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The end of `from .. to` without the white space that it ends in. */
export function skipSpacesBack(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

export function skipDigits(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** The end of `0x1f...` at `from`, or `from` itself where no hexadecimal number starts. */
export function skipHex(text: string, from: number, to: number): number {
  if (text.charCodeAt(from) !== DIGIT_0 || (text.charCodeAt(from + 1) | 32) !== LETTER_X)
    return from;
  let at = from + 2;
  while (at < to && isHexDigit(text.charCodeAt(at))) at++;
  return at > from + 2 ? at : from;
}

/** Where `wanted` stands first in `from .. to`, or -1. Looks no further, however long the text is. */
export function indexWithin(text: string, wanted: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(wanted);
  return at < 0 ? -1 : from + at;
}
