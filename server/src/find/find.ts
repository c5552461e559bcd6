import { faultSite } from "./faultSite";
import type { Finder, Finding, NamedReading } from "./finding";
import { sameStack } from "./sameStack";

/** Every kind of finding, one file each. */
const finders: readonly Finder[] = [sameStack, faultSite];

/** What follows from the texts, looked at together. Kinds stand in the order of the list above. */
export function findAll(sources: readonly NamedReading[]): Finding[] {
  return finders.flatMap((finder) => finder(sources));
}
