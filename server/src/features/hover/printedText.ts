/** A text as gdb prints it behind a pointer or for an array. */
export interface PrintedText {
  /** How many bytes it has, without the null byte at its end. */
  readonly bytes: number;
  /** gdb broke it off (`"abc"...`), or printed a run of equal characters apart. */
  readonly isWhole: boolean;
}

/** The text in a value such as `0x7f29 "/etc/passwd"` or `"ab\000"`, or null. */
export function printedText(value: string): PrintedText | null {
  const lead = /^(?:\([^()"]{1,200}\) ?)?(?:0x[0-9a-f]{1,16} )?(?:<[^<>"]{1,200}> )?"/.exec(value);
  if (lead === null) return null;
  let bytes = 0;
  let at = lead[0].length;
  while (at < value.length && value[at] !== '"') {
    const length = characterLength(value, at);
    bytes += value[at] === "\\" ? 1 : utf8Length(value.codePointAt(at) ?? 0);
    at += length;
  }
  return { bytes, isWhole: at === value.length - 1 };
}

/** `\n` and `\"` are two characters for one byte, `\000` are four. */
function characterLength(value: string, at: number): number {
  if (value[at] !== "\\") return (value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return /^[0-7]{3}/.test(value.slice(at + 1, at + 4)) ? 4 : 2;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
