import files from "knowledge:addresses";

const ranges = files
  .flatMap((file) => file.ranges)
  .map(({ from, to, means }) => ({ from: BigInt(from), to: BigInt(to), means }));
const patterns = new Map(
  files.flatMap((file) => file.patterns).map(({ value, means }) => [BigInt(value), means]),
);

/** What an address looks like, a sentence each, most telling first. */
export function addressLooks(address: bigint): string[] {
  const text = addressText(address);
  const looks = [
    patterns.get(address) ?? null,
    text && `Its bytes are the text "${text}": a text was probably written over a pointer.`,
    ranges.find(({ from, to }) => from <= address && address <= to)?.means ?? null,
    isPageStart(address) ? "It is the start of a memory page." : null,
  ];
  return looks.filter((look) => look !== null && look !== "") as string[];
}

const isPageStart = (address: bigint): boolean => address >= 0x10000n && (address & 0xfffn) === 0n;

/** The address as the text that its bytes spell in memory (lowest first), where it is one of four letters or more. */
export function addressText(address: bigint): string | null {
  // Without address randomisation programs lie here: `0x555555554040` is not the text "@@UUUU".
  if (address >> 32n === 0x5555n) return null;
  let text = "";
  for (let rest = address; rest > 0n; rest >>= 8n) {
    const byte = Number(rest & 0xffn);
    if (byte < 32 || byte > 126) return null;
    text += String.fromCharCode(byte);
  }
  return text.length >= 4 ? text : null;
}
