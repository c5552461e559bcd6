import type { Finding, NamedReading } from "../find/finding";

/** What is looked at together: the texts, and what follows from them. */
export interface Scene {
  readonly sources: readonly NamedReading[];
  readonly findings: readonly Finding[];
}
