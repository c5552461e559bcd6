import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { UsageError } from "./usageError";

/** Up to here a text may be as repetitive as it likes. */
const HARMLESS_BYTES = 64 << 20;

/** The same stack ten thousand times over is packed 200 times as tight; what grows more was made to fill a memory. */
const MOST_GROWTH = 500;

/** A whole fleet's logs of a day are smaller. */
const MOST_BYTES = 64 * 2 ** 30;

/** How much a packed input may become: in all, and where it is more than `harmless`, as a multiple of its own size. */
export interface Limits {
  readonly most: number;
  readonly harmless: number;
  readonly growth: number;
}

export const LIMITS: Limits = {
  most: MOST_BYTES,
  harmless: HARMLESS_BYTES,
  growth: MOST_GROWTH,
};

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x1f, 0x8b, 0x08);

export const isZstd = (bytes: Uint8Array): boolean => startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd);

/** Newer versions of Node have it. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => zlib.Gunzip };

/**
 * The bytes of a stream, unpacked where they begin as gzip or zstd does; `report` hears how many were taken in. Throws a
 * `UsageError` for more than the limits allow.
 */
export async function* unpacked(
  stream: AsyncIterable<Buffer>,
  report: (bytes: number) => void,
  limits: Limits = LIMITS,
): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    yield* unpackedChunks(chunks, report, limits);
  } finally {
    // Whoever has seen enough leaves no file open.
    chunks.return?.().catch(() => {});
  }
}

async function* unpackedChunks(
  chunks: AsyncIterator<Buffer>,
  report: (bytes: number) => void,
  limits: Limits,
): AsyncGenerator<Buffer> {
  let taken = 0;
  const head = await firstBytes(chunks);
  const counted = async function* (): AsyncGenerator<Buffer> {
    for (let chunk = head; chunk.length > 0; chunk = await nextOf(chunks)) {
      taken += chunk.length;
      report(taken);
      yield chunk;
    }
  };
  const unpack = unpackerOf(head);
  if (unpack === null) return yield* counted();
  // Whoever reads what is unpacked hears of its failures.
  pipeline(counted, unpack).catch(() => {});
  yield* bounded(unpack, limits, () => Math.max(limits.harmless, taken * limits.growth));
}

const nextOf = async (chunks: AsyncIterator<Buffer>): Promise<Buffer> => {
  for (;;) {
    const { value, done } = await chunks.next();
    if (done) return Buffer.alloc(0);
    if (value.length > 0) return value;
  }
};

/** A pipe may give single bytes; four tell what it is. */
async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = await nextOf(chunks);
  while (head.length < 4) {
    const next = await nextOf(chunks);
    if (next.length === 0) break;
    head = Buffer.concat([head, next]);
  }
  return head;
}

function unpackerOf(head: Buffer): zlib.Gunzip | null {
  if (isGzip(head)) return zlib.createGunzip();
  if (!isZstd(head)) return null;
  if (createZstdDecompress) return createZstdDecompress();
  throw new UsageError(
    `it is compressed by zstd, which Node ${process.versions.node} cannot unpack: "zstd -dc FILE | backtrace-reader report -" does it`,
  );
}

async function* bounded(
  chunks: AsyncIterable<Buffer>,
  { most }: Limits,
  bound: () => number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) {
      throw new UsageError(`its compressed data grow to more than ${inMegabytes(most)}: split it`);
    }
    if (bytes > bound()) {
      const limit = inMegabytes(bound());
      throw new UsageError(`its compressed data grow to more than ${limit}, far more than a log's`);
    }
    yield chunk;
  }
}

const inMegabytes = (bytes: number): string => `${Math.floor(bytes / (1 << 20))} MB`;
