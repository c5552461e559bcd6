import files from "knowledge:locks";
import { lookupNames } from "../../frames/names";
import { remembered } from "../../frames/remembered";
import type { LockEntry } from "./data";

const byFunction = new Map<string, LockEntry>(
  files.flatMap((file) =>
    file.locks.flatMap((entry) => entry.functions.map((name) => [name, entry] as const)),
  ),
);

/** What is known of a function that waits for a lock, or null. */
export const lockEntry = remembered((name: string): LockEntry | null => {
  const known = lookupNames(name).find((candidate) => byFunction.has(candidate));
  return known === undefined ? null : (byFunction.get(known) as LockEntry);
}, 4096);
