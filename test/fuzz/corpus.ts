import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const SOURCES = ["test/fixtures", "examples"];

/** Every kept text, and the samples of the notes: whatever a mutated text may begin as. */
export function corpus(): string[] {
  const texts = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .filter((name) => /\.(?:txt|log|save|backtrace|csv|json)$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), "utf8")),
  );
  return [...texts, ...samples()];
}

/** Every note that is shipped. */
export const notes = (): string[] =>
  readdirSync("knowledge/notes")
    .sort()
    .map((name) => readFileSync(path.join("knowledge/notes", name), "utf8"));

/** The texts inside notes that their own conditions match. */
const samples = (): string[] =>
  notes().flatMap((note) =>
    [...note.matchAll(/^```\w*\n([^`]{1,20000})^```/gm)].map((found) => found[1] ?? ""),
  );
