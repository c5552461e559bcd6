import { type FileHandle, open } from "node:fs/promises";
import { decoded } from "./decode";
import { unpacked } from "./decompress";
import { UsageError } from "./usageError";

/** Progress is shown for inputs from this size on, in bytes. */
const LONG_INPUT = 16 << 20;

/** Called while a long input is read, with a share from 0 to 1. */
export type Progress = (path: string, share: number) => void;

/**
 * The text of a file, or of standard input for `-`, part by part. What gzip or zstd packed is unpacked; UTF-8 and UTF-16
 * are decoded. Throws a `UsageError` for what cannot be read or is no text. `from` is a byte of a file to begin with.
 */
export const inputParts = (path: string, progress: Progress, from = 0): AsyncGenerator<string> =>
  inputText(path, inputChunks(path, progress, from));

/** The same of bytes that `inputChunks` gave. */
export async function* inputText(
  path: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  try {
    yield* decoded(chunks);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Bytes come in chunks of this size, but for the last one. */
export const CHUNK = 1 << 20;

/** The bytes of a text, unpacked. However they come, from a disk or a pipe, their chunks are the same. */
export async function* inputChunks(
  path: string,
  progress: Progress,
  from = 0,
): AsyncGenerator<Buffer> {
  try {
    const isPipe = path === "-";
    yield* even(isPipe ? unpacked(process.stdin, () => {}) : fileBytes(path, progress, from));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* even(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (length + rest.length >= CHUNK) {
      const taken = rest.subarray(0, CHUNK - length);
      yield held.length === 0 ? taken : Buffer.concat([...held, taken]);
      rest = rest.subarray(taken.length);
      held = [];
      length = 0;
    }
    if (rest.length > 0) held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

function unreadable(path: string, error: unknown): UsageError {
  if (error instanceof UnreadableError) return error;
  return new UnreadableError(`cannot read ${path}: ${reason(error as NodeJS.ErrnoException)}`);
}

/** Says which file it is. */
class UnreadableError extends UsageError {}

/** What the file held when it was opened: a log that grows meanwhile has an end. */
async function* fileBytes(path: string, progress: Progress, start: number): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const before = await file.stat();
    const size = before.isFile() ? before.size : 0;
    let taken = start;
    yield* unpacked(streamOf(file, start, size), (read) => {
      taken = start + read;
      if (size >= LONG_INPUT) progress(path, taken / size);
    });
    if (taken < size) throw new UsageError("it became shorter while it was read");
    const after = await file.stat();
    if (size > 0 && after.size <= size && after.mtimeMs !== before.mtimeMs)
      throw new UsageError("it was changed while it was read");
  } finally {
    await file.close();
  }
}

/** A pipe has no size, and no place to begin at. */
const streamOf = (file: FileHandle, start: number, size: number) =>
  file.createReadStream({
    highWaterMark: 1 << 20,
    autoClose: false,
    ...(size > 0 && { start, end: size - 1 }),
  });

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
      return "permission denied";
    case "ENOTDIR":
      return "it is no directory";
    case "EISDIR":
      return "it is a directory";
    case "Z_BUF_ERROR":
      return 'its compressed data are cut off: "zcat FILE | backtrace-reader report -" reads what is there';
    case "Z_DATA_ERROR":
    case "ZSTD_error_corruption_detected":
      return "its compressed data are damaged";
    default:
      return error.message;
  }
}
