import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { UsageError } from "./options";

/** Progress is shown for inputs from this size on, in bytes. */
const LONG_INPUT = 16 << 20;

/** Called while a long input is read, with a share from 0 to 1. */
export type Progress = (path: string, share: number) => void;

/** The text of a file, or of standard input for `-`. UTF-8 and, by their byte-order mark, UTF-16 are decoded. */
export async function readInput(path: string, progress: Progress): Promise<string> {
  try {
    if (path === "-") return await collect(process.stdin, () => {});
    const { size } = await stat(path);
    const report = size < LONG_INPUT ? () => {} : (read: number) => progress(path, read / size);
    return await collect(createReadStream(path, { highWaterMark: 1 << 20 }), report);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error as NodeJS.ErrnoException)}`);
  }
}

async function collect(stream: Readable, report: (bytes: number) => void): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    report(bytes);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
      return "permission denied";
    case "EISDIR":
      return "it is a directory";
    default:
      return error.message;
  }
}
