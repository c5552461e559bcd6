import { readNotes } from "../../read/kernel/mapping";
import type { Crash } from "./crash";

/** What the addresses of a crash say that others may say alike. */
export interface AddressFlags {
  /** A null pointer with a member's offset. */
  readonly nearNull: boolean | null;
  /** The first byte of a page: a forward access ran off the page before. */
  readonly pageAligned: boolean | null;
  /** The program counter itself was bad. */
  readonly jump: boolean | null;
  readonly nearStack: boolean | null;
  readonly canonical: boolean | null;
  /** Does the address lie in the object that holds the instruction? */
  readonly insideObject: boolean | null;
  /** Does the instruction? */
  readonly ipInsideObject: boolean | null;
}

/** What follows from the addresses of a crash. */
export interface AddressFacts extends AddressFlags {
  /** How far the address lies above the start of the object's mapping, and above its end. */
  readonly aboveBase: string | null;
  readonly aboveEnd: string | null;
  /** The first address behind the object's mapping. */
  readonly objectEnd: string | null;
  readonly objectKiB: number | null;
  readonly aboveEndKiB: number | null;
}

const ADDRESSES = ["address", "ip", "sp", "base", "size"] as const;

/** Computes what the addresses allow to compute; the rest is null. */
export const addressFacts = (crash: Crash): AddressFacts => ({
  ...addressFlags(crash),
  ...mappingFacts(crash),
});

/** The same without the distances. */
export function addressFlags(crash: Crash): AddressFlags {
  const fields: Record<string, string | number | boolean | null> = {};
  for (const name of ADDRESSES) if (crash[name] !== null) fields[name] = crash[name];
  readNotes(fields);
  const flag = (name: string): boolean | null => {
    const value = fields[name];
    return typeof value === "boolean" ? value : null;
  };
  return {
    nearNull: flag("nearNull"),
    pageAligned: flag("pageAligned"),
    jump: flag("jump"),
    nearStack: flag("nearStack"),
    canonical: flag("canonical"),
    insideObject: flag("insideObject"),
    ipInsideObject: isInsideObject(crash),
  };
}

function isInsideObject(crash: Crash): boolean | null {
  const [ip, base, size] = [number(crash.ip), number(crash.base), number(crash.size)];
  return ip === null || base === null || size === null ? null : ip >= base && ip < base + size;
}

function mappingFacts(crash: Crash) {
  const address = number(crash.address);
  const [base, size] = [number(crash.base), number(crash.size)];
  const end = base === null || size === null ? null : base + size;
  return {
    aboveBase: distance(base, address),
    aboveEnd: distance(end, address),
    aboveEndKiB: kibibytes(distance(end, address)),
    objectEnd: end === null ? null : hex(end),
    objectKiB: kibibytes(crash.size),
  };
}

/** Whole ones, as mappings are. */
function kibibytes(size: string | null): number | null {
  const bytes = number(size);
  return bytes === null ? null : Number(bytes / 1024n);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

/** Longer ones are no addresses. */
const number = (address: string | null): bigint | null =>
  address !== null && /^0x[0-9a-f]{1,16}$/.test(address) ? BigInt(address) : null;

const distance = (from: bigint | null, to: bigint | null): string | null =>
  from === null || to === null || to < from ? null : hex(to - from);
