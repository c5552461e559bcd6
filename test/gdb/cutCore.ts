import { readFileSync, writeFileSync } from "node:fs";

// The kernel writes a core's notes first and its memory behind them; gdb writes the notes last. Cut in the middle, the
// one still has its registers, the other is no core any more.

const HEADER = 64;
const PROGRAM_HEADER = 56;
const NOTE = 4;
const PAGE = 4096;

/** Turns a core of gdb's (ELF, 64 bits, little-endian) into the first half of one as the kernel writes it. */
export function cutCore(core: string): void {
  const bytes = readFileSync(core);
  const headers = Array.from(
    { length: bytes.readUInt16LE(0x38) },
    (_, i) => HEADER + i * PROGRAM_HEADER,
  );
  const note = headers.find((at) => bytes.readUInt32LE(at) === NOTE);
  if (note === undefined || bytes.readBigUInt64LE(0x20) !== BigInt(HEADER)) {
    throw new Error("gdb wrote another kind of core than expected.");
  }
  const start = Number(bytes.readBigUInt64LE(note + 8));
  const notes = Buffer.from(
    bytes.subarray(start, start + Number(bytes.readBigUInt64LE(note + 32))),
  );
  const end = HEADER + headers.length * PROGRAM_HEADER;
  const shift = Math.ceil((notes.length + end) / PAGE) * PAGE;
  const head = Buffer.alloc(shift);
  bytes.copy(head, 0, 0, end);
  for (const at of headers) {
    const offset = at === note ? BigInt(end) : bytes.readBigUInt64LE(at + 8) + BigInt(shift);
    head.writeBigUInt64LE(offset, at + 8);
  }
  notes.copy(head, end);
  // No table of sections.
  head.fill(0, 0x28, 0x30);
  head.fill(0, 0x3a, 0x40);
  writeFileSync(core, Buffer.concat([head, bytes.subarray(0, Math.floor(bytes.length / 2))]));
}
