import type { RunGdb } from "./run";
import { batchArguments, type CoreTarget } from "./target";

/** The program that wrote a core, as the core itself tells; null where it does not. It may be elsewhere by now. */
export async function programOfCore(
  core: string,
  run: RunGdb,
  stop: AbortSignal,
): Promise<string | null> {
  const target: CoreTarget = { kind: "core", core, executable: null };
  const { text } = await run(batchArguments(target, ["info auxv", "info proc mappings"]), stop);
  return programIn(text);
}

/** The mapped file that holds the program's entry point, which the kernel notes in every core. */
export function programIn(text: string): string | null {
  const entry = hex(/^9 +AT_ENTRY .* (0x[0-9a-f]+)$/m.exec(text)?.[1]);
  if (entry === null) return null;
  for (const line of text.split("\n")) {
    const [, from, to, file] = MAPPING.exec(line) ?? [];
    const start = hex(from);
    const end = hex(to);
    if (file && start !== null && end !== null && start <= entry && entry < end) return file;
  }
  return null;
}

/** Start, end, size, offset, in some versions the access, and the file. */
const MAPPING =
  /^ +(0x[0-9a-f]+) +(0x[0-9a-f]+) +0x[0-9a-f]+ +0x[0-9a-f]+ +(?:[rwxps-]{4,5} +)?(\/.+)$/;

const hex = (digits: string | undefined): bigint | null =>
  digits === undefined ? null : BigInt(digits);
