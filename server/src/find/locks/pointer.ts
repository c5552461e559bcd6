import { canonicalAddress } from "../../read/frame";

/** An address with the name that gdb found for it: `0x55ce1f23a060 <lock_a>`. */
export interface Pointer {
  readonly address: string;
  readonly symbol: string | null;
}

/** The first places of a value; what a pointer points to may be long. */
const LONGEST = 300;

const pointer =
  /^(?:\([^()]{1,200}\) {0,2})?@?(0x[0-9a-f]{1,16})(?![0-9a-z])(?: <([^<>+]{1,200})(\+\d{1,9})?>)?/i;

/** The pointer or reference that a printed value is, or null; null too for the null pointer. */
export function pointerIn(value: string): Pointer | null {
  const found = pointer.exec(value.slice(0, LONGEST));
  if (!found) return null;
  const address = canonicalAddress(found[1] as string);
  if (address === "0x0") return null;
  return { address, symbol: found[3] === undefined ? (found[2] ?? null) : null };
}
