import { isAscii } from "node:buffer";
import { StringDecoder } from "node:string_decoder";
import { isGzip, isZstd } from "./decompress";
import { UsageError } from "./usageError";

/** So much of a file tells what it is. */
const SAMPLE = 64 << 10;

/** Turns bytes into text as they come; a letter may lie in two parts. */
export interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

/**
 * Bytes as text, part by part: UTF-8, or UTF-16 with or without its byte-order mark. Throws a `UsageError` for what is
 * no text.
 */
export async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const held: Buffer[] = [];
  let bytes = 0;
  let decoder: Decoder | null = null;
  for await (const chunk of chunks) {
    if (decoder === null) {
      held.push(chunk);
      bytes += chunk.length;
      if (bytes < SAMPLE) continue;
      const head = Buffer.concat(held);
      decoder = decoderFor(head);
      yield withoutMark(decoder.write(head));
    } else yield decoder.write(chunk);
  }
  if (decoder === null) {
    const head = Buffer.concat(held);
    decoder = decoderFor(head);
    yield withoutMark(decoder.write(head));
  }
  yield decoder.end();
}

/** Can a text that begins so be decoded from any of its lines on? That of no other encoding can. */
export function isUtf8(head: Uint8Array): boolean {
  const sample = head.subarray(0, SAMPLE);
  return otherFormat(sample) === null && utf16Of(sample) === null && !isBinary(sample);
}

/** Of UTF-8. What is plain ASCII, as most texts are, needs no decoding. */
export function utf8Decoder(): Decoder {
  const decoder = new StringDecoder("utf8");
  let mayBeOpen = false;
  return {
    write: (bytes) => {
      if (!mayBeOpen && isAscii(bytes)) return asciiText(bytes);
      mayBeOpen = (bytes.at(-1) ?? 0xff) > 0x7f;
      return decoder.write(bytes);
    },
    end: () => decoder.end(),
  };
}

/** In halves: a string of a megabyte would be kept outside of the heap, where it is let go late. */
function asciiText(bytes: Buffer): string {
  const half = bytes.length >> 1;
  return bytes.toString("latin1", 0, half) + bytes.toString("latin1", half);
}

/** The beginning of a text without its byte-order mark. */
export const withoutMark = (text: string): string =>
  text.startsWith("\ufeff") ? text.slice(1) : text;

function decoderFor(head: Buffer): Decoder {
  const sample = head.subarray(0, SAMPLE);
  const refusal = otherFormat(sample);
  if (refusal !== null) throw new UsageError(refusal);
  const utf16 = utf16Of(sample);
  if (utf16 === "utf-16le") return new StringDecoder("utf16le");
  if (utf16 === "utf-16be") return bigEndian();
  if (isBinary(sample)) throw new UsageError("it is no text");
  return utf8Decoder();
}

function bigEndian(): Decoder {
  const decoder = new TextDecoder("utf-16be", { ignoreBOM: true });
  return {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

/** What a file is by its first bytes, and what to do with it. */
const FORMATS: readonly (readonly [start: string, refusal: string])[] = [
  [
    "\x7fELF",
    'it is a core file or a program: open it in gdb ("gdb PROGRAM CORE") and save what gdb prints',
  ],
  ["PK\x03\x04", "it is a zip archive: unpack it first"],
  ["\xfd7zXZ", 'it is compressed by xz: "xz -dc FILE | backtrace-reader report -" reads it'],
  ["BZh", 'it is compressed by bzip2: "bzip2 -dc FILE | backtrace-reader report -" reads it'],
  [
    "\x04\x22\x4d\x18",
    'it is compressed by lz4: "lz4 -dc FILE | backtrace-reader report -" reads it',
  ],
  [
    "LPKSHHRH",
    'it is a journal of systemd: "journalctl --file FILE | backtrace-reader report -" reads it',
  ],
  ["\xff\xfe\0\0", 'it is UTF-32: "iconv -f UTF-32 -t UTF-8 FILE" makes it readable'],
  ["\0\0\xfe\xff", 'it is UTF-32: "iconv -f UTF-32 -t UTF-8 FILE" makes it readable'],
];

function otherFormat(sample: Uint8Array): string | null {
  if (isGzip(sample) || isZstd(sample)) return "it is compressed twice: unpack it first";
  const start = String.fromCharCode(...sample.subarray(0, 8));
  return FORMATS.find(([begins]) => start.startsWith(begins))?.[1] ?? null;
}

/** Text in UTF-16 without a mark has a zero in every other byte, as long as most of it is ASCII. */
function utf16Of(sample: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second] = sample;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const pairs = sample.length >> 1;
  if (pairs < 8) return null;
  const zeros = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (sample[i] === 0) zeros[i % 2]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd > 0.8 * pairs && even < 0.1 * pairs) return "utf-16le";
  return even > 0.8 * pairs && odd < 0.1 * pairs ? "utf-16be" : null;
}

/** No log has so many control characters. Zeros do not count: a machine that lost its power leaves blocks of them. */
function isBinary(sample: Uint8Array): boolean {
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && !ALLOWED.has(byte)) controls++;
  return controls > 0.05 * sample.length && controls > 8;
}

/** Zero, bell, backspace, tab, line feed, form feed, carriage return, escape. */
const ALLOWED: ReadonlySet<number> = new Set([0, 7, 8, 9, 10, 12, 13, 27]);
