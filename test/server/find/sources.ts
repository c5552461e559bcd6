import { readFileSync } from "node:fs";
import type { Finding, NamedReading } from "../../../server/src/find/finding";
import { read } from "../../../server/src/read/read";

/** A text under a name, read. */
export const source = (text: string, path = "text"): NamedReading => ({
  path,
  reading: read(text),
});

/** A kept text of test/fixtures. */
export const kept = (name: string): string => readFileSync(`test/fixtures/${name}`, "utf8");

/** What a finding's evidence shows, as it stands in the clean text. */
export const shown = ({ evidence }: Finding): string[] =>
  evidence.map(({ source: { reading }, span }) => reading.clean.text.slice(span.from, span.to));

/**
 * The published machine lines of lighttpd's dying backends in their published order: the log of 1.4.13, its process
 * list, the one of 1.4.18, its log.
 */
export const dyingBackends = (): string =>
  [
    kept("lighttpd/joined-1.4.13.log"),
    kept("tables/ps-joined-1.4.13.txt"),
    kept("tables/ps-joined-1.4.18.txt"),
    kept("lighttpd/joined-1.4.13-to-1.4.18.log"),
  ].join("\n");
