import { anyGlob } from "../../frames/glob";
import { plainName } from "../../frames/names";
import { remembered } from "../../frames/remembered";
import type { Frame } from "../../read/frame";
import type { Process } from "../../read/model";
import type { NamedReading } from "../finding";
import { objectNames, softwareOfDirectory, sourceLines, symbolEras } from "./data";
import { common, isEmpty, type Range } from "./order";
import type { By, Sighting } from "./sighting";

// What the frames of a process say of versions: a line number that only some releases have in this function, a source
// path or an object's name with a version in it, and functions that came or went with a release.

/** What one part of a frame says; kept by that part's text, because a fleet's frames repeat. */
interface Clue {
  readonly software: string;
  readonly by: By;
  readonly versions: readonly string[];
  readonly range: Range | null;
}

/** Everything that the frames of one process say, what they say together of one software as one. */
export function frameSightings(source: NamedReading, process: Process): Sighting[] {
  const merged = new Map<string, Sighting>();
  const seen = new Set<readonly Clue[]>();
  for (const thread of process.threads) {
    for (const frame of thread.frames) {
      const clues = cluesOf(frame);
      if (clues.length === 0 || seen.has(clues)) continue;
      seen.add(clues);
      for (const clue of clues) addClue(merged, clue, frame, source);
    }
  }
  return [...merged.values()].filter(({ versions, range }) =>
    range === null ? versions.length > 0 : !isEmpty(range),
  );
}

function addClue(
  merged: Map<string, Sighting>,
  clue: Clue,
  frame: Frame,
  source: NamedReading,
): void {
  // A path names the version itself; two of them are two statements.
  const key = [clue.software, clue.by, clue.by === "path" && clue.versions.join(" ")].join(" ");
  const known = merged.get(key);
  if (known === undefined) {
    const evidence = { source, span: frame.span, says: SAYS[clue.by] };
    merged.set(key, { ...clue, from: null, to: null, evidence });
  } else if (clue.versions !== known.versions || clue.range !== known.range) {
    merged.set(key, { ...known, ...both(known, clue) });
  }
}

const SAYS: Readonly<Record<By, string>> = {
  banner: "the program tells its version",
  "log-line": "the lines of source that write to the log",
  "frame-line": "this line stands in this function in few releases",
  path: "the version stands in the path",
  symbol: "the function came or went with a release",
};

function both(one: Clue, other: Clue): Pick<Clue, "versions" | "range"> {
  if (one.range && other.range) return { versions: [], range: common(one.range, other.range) };
  if (one.range || other.range) return one.range ? other : one;
  return {
    versions: one.versions.filter((version) => other.versions.includes(version)),
    range: null,
  };
}

/** What a frame says; the same list again for a frame that reads the same. */
const cluesOf = ({ file, line, function: name, library }: Frame): readonly Clue[] =>
  cluesOfParts([file ?? "", line ?? "", name ?? "", library ?? ""].join("\n"));

const cluesOfParts = remembered((parts: string): readonly Clue[] => {
  const [file = "", line = "", name = "", library = ""] = parts.split("\n");
  return [
    ...(file === "" ? [] : pathClues(file)),
    ...(library === "" ? [] : objectClues(library)),
    ...(name === "" ? [] : symbolClues(plainName(name), objectOf(library))),
    ...(file === "" || line === "" || name === "" ? [] : lineClues(file, Number(line), name)),
  ];
}, 16_384);

const objectOf = (library: string): string => library.slice(library.lastIndexOf("/") + 1);

function lineClues(file: string, line: number, name: string): Clue[] {
  const known = sourceLines.get(file.slice(file.lastIndexOf("/") + 1));
  if (known === undefined) return [];
  const found = known.find((entry) => entry.line === line && entry.function === plainName(name));
  if (found === undefined) return [];
  const { software, versions = [], range = null } = found;
  return [{ software, by: "frame-line", versions, range }];
}

/** `/usr/local/src/php-5.3.3/APC-3.1.4/apc_cache.c`, `/build/glibc-SzIz7B/glibc-2.31/nptl/../nptl/pthread_create.c` */
const pathClues = (path: string): readonly Clue[] =>
  path.split("/").slice(0, -1).slice(0, 40).flatMap(directoryClue);

function directoryClue(directory: string): Clue[] {
  const found =
    /^([A-Za-z][A-Za-z0-9+]{0,30}(?:-[a-z]{1,10})?)[-_]v?(\d{1,5}(?:\.\d{1,5}){1,3}[a-z]?)(?![\w.])/.exec(
      directory,
    );
  const software = found && softwareOfDirectory.get(found[1] as string);
  return software ? [{ software, by: "path", versions: [found[2] as string], range: null }] : [];
}

function objectClues(library: string): readonly Clue[] {
  const object = objectOf(library);
  return objectNames.flatMap(({ software, begins, ends = "", range = null }): Clue[] => {
    if (!object.startsWith(begins)) return [];
    if (range) return [{ software, by: "path", versions: [], range }];
    const version = object.slice(
      begins.length,
      ends && object.endsWith(ends) ? -ends.length : undefined,
    );
    // A single number is the interface's, not the library's.
    if (!/^\d{1,5}(?:\.\d{1,5}){1,3}$/.test(version)) return [];
    return [{ software, by: "path", versions: [version], range: null }];
  });
}

const eras = symbolEras.map((era) => ({ ...era, matches: anyGlob(era.names) }));

const symbolClues = (name: string, object: string): readonly Clue[] =>
  eras
    .filter((era) => era.matches(name) && object.startsWith(era.object ?? ""))
    .map(({ software, range }): Clue => ({ software, by: "symbol", versions: [], range }));
