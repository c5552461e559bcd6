import { canonicalAddress } from "../frame";
import type { Fields } from "./record";

/** Below this address a null pointer with a member's offset is the likely cause. */
const FIRST_PAGE = 0x1000;

/** How far from the stack pointer an access still belongs to a stack that ran out. */
const STACK_REACH = 0x10000;

/** Beyond the lower half, and short of the upper half, no address of x86-64 exists. */
const LOWER_HALF_END = 2 ** 47;
const UPPER_HALF_START = (1n << 64n) - BigInt(LOWER_HALF_END);

/**
 * Reads ` in libc.so.6[167ad8,7f196e9e0000+156000]`: the object that holds the instruction, the instruction's place in
 * the file (6.12 and later), and where the object is mapped.
 */
export function readMapping(tail: string, fields: Fields): void {
  const at = tail.indexOf(" in ");
  const open = at < 0 ? -1 : tail.indexOf("[", at);
  if (open < 0) return;
  const found = /^\[(?:([0-9a-f]{1,40}),)?([0-9a-f]{1,40})\+([0-9a-f]{1,40})\]/.exec(
    tail.slice(open, open + 128),
  );
  if (!found) return;
  fields.object = tail.slice(at + 4, open);
  fields.base = canonicalAddress(found[2] as string);
  fields.size = canonicalAddress(found[3] as string);
  if (found[1] !== undefined) fields.fileOffset = canonicalAddress(found[1]);
}

/** So many digits with their `0x` are exact in a number; addresses of programs have no more. */
const EXACT = 15;

/** Computes what follows from the addresses; what the text does not allow to compute stays out. */
export function readNotes(fields: Fields): void {
  if (isShort(fields.address) && isShort(fields.ip) && isShort(fields.sp) && isShort(fields.base))
    noteSmall(fields);
  else noteLarge(fields);
}

const isShort = (value: Fields[string] | undefined): boolean =>
  typeof value !== "string" || value.length <= EXACT;

const small = (value: Fields[string] | undefined): number =>
  typeof value === "string" ? Number(value) : Number.NaN;

/** Numbers suffice: an address that is missing is none, and compares with nothing. */
function noteSmall(fields: Fields): void {
  const [address, ip, sp] = [small(fields.address), small(fields.ip), small(fields.sp)];
  const [base, size] = [small(fields.base), small(fields.size)];
  if (ip >= base) fields.offset = `0x${(ip - base).toString(16)}`;
  if (Number.isNaN(address)) return;
  if (!Number.isNaN(base) && !Number.isNaN(size))
    fields.insideObject = address >= base && address - base < size;
  fields.nearNull = address < FIRST_PAGE;
  fields.pageAligned = address % FIRST_PAGE === 0;
  if (!Number.isNaN(ip)) fields.jump = address === ip;
  if (!Number.isNaN(sp)) fields.nearStack = Math.abs(address - sp) <= STACK_REACH;
  fields.canonical = address < LOWER_HALF_END;
}

const big = (fields: Fields, name: string): bigint | null => {
  const value = fields[name];
  return typeof value === "string" && value.length <= 18 ? BigInt(value) : null;
};

const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);

function noteLarge(fields: Fields): void {
  const [address, ip, sp] = [big(fields, "address"), big(fields, "ip"), big(fields, "sp")];
  const [base, size] = [big(fields, "base"), big(fields, "size")];
  if (ip !== null && base !== null && ip >= base) fields.offset = `0x${(ip - base).toString(16)}`;
  if (address === null) return;
  if (base !== null && size !== null)
    fields.insideObject = address >= base && address < base + size;
  fields.nearNull = address < BigInt(FIRST_PAGE);
  fields.pageAligned = address % BigInt(FIRST_PAGE) === 0n;
  if (ip !== null) fields.jump = address === ip;
  if (sp !== null) fields.nearStack = distance(address, sp) <= BigInt(STACK_REACH);
  fields.canonical = address < BigInt(LOWER_HALF_END) || address >= UPPER_HALF_START;
}
