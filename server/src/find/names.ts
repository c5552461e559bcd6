import { frameFact } from "../frames/facts";
import { lookupNames, plainName } from "../frames/names";
import type { Frame } from "../read/frame";

/** A function under its public name: `malloc` for `__GI___libc_malloc`; null for a frame without one. */
export function publicName({ function: name, library }: Frame): string | null {
  if (name === null) return null;
  const known = frameFact(name, library)?.names ?? [];
  return lookupNames(name).find((candidate) => known.includes(candidate)) ?? plainName(name);
}
