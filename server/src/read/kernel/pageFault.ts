import { knowledge } from "./data";
import type { Fields } from "./record";

const WRITE = 2;
const USER = 4;
const PRESENT = 1;
const FETCH = 16;

/** Takes an x86 page fault's error code apart (arch/x86/include/asm/trap_pf.h has the bits). */
export function readPageFaultError(error: number, fields: Fields): void {
  fields.error = error;
  fields.access = error & FETCH ? "fetch" : error & WRITE ? "write" : "read";
  fields.mode = error & USER ? "user" : "kernel";
  fields.present = (error & PRESENT) !== 0;
  fields.errorBits = errorBits(error).join(" ");
}

/** The names of the bits that are set: `["WRITE", "USER"]`. */
export const errorBits = (error: number): string[] =>
  knowledge.pageFaultBits.filter(({ mask }) => hasBit(error, mask)).map(({ name }) => name);

/** What each bit of the code says, set or not, in sentences. */
export const errorMeaning = (error: number): string[] =>
  knowledge.pageFaultBits
    .map((bit) => (hasBit(error, bit.mask) ? bit.set : bit.clear))
    .filter((sentence) => sentence !== null);

/** Bit 31 is beyond what `&` can tell from a sign. */
const hasBit = (error: number, mask: number): boolean => Math.floor(error / mask) % 2 === 1;
