import { anyGlob } from "../../frames/glob";
import { plainName } from "../../frames/names";
import { remembered } from "../../frames/remembered";
import type { Process, Thread } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Span } from "../../read/span";
import type { NamedReading } from "../finding";
import { type FrameShape, type StackShape, shapesOf } from "../shapes";
import { objectNames, softwareOfDirectory, sourceLines, symbolEras } from "./data";
import { common, isEmpty, type Range } from "./order";
import type { By, Sighting, Sightings } from "./sighting";

// What the frames of a process say of versions: a line number that only some releases have in this function, a source
// path or an object's name with a version in it, and functions that came or went with a release.

/** What one part of a frame says; kept by that part's text, because a fleet's frames repeat. */
interface Clue {
  readonly software: string;
  readonly by: By;
  readonly versions: readonly string[];
  readonly range: Range | null;
}

/** What clues say together, and the place of the first: a frame of one of the shapes that they were found in. */
interface Statement {
  readonly clue: Clue;
  readonly shape: StackShape;
  readonly index: number;
}

/** Everything that the frames of each process say, what they say together of one software as one. */
export function* frameSightings(source: NamedReading): Sightings {
  for (const process of source.reading.processes) {
    yield* sightingsIn(source, process);
    yield null;
  }
}

function sightingsIn(source: NamedReading, process: Process): Sighting[] {
  const all = shapesOf(source.reading);
  const shapes = new Map<StackShape, Thread>();
  for (const thread of process.threads) {
    const shape = all.get(thread) as StackShape;
    if (!shapes.has(shape)) shapes.set(shape, thread);
  }
  const [first] = shapes.keys();
  const statements = first && shapes.size === 1 ? saidAlone(first) : saidTogether(shapes.keys());
  return statements.map(({ clue: { software, by, versions, range }, shape, index }) => {
    const span = shapes.get(shape)?.frames[index]?.span as Span;
    const evidence = { source, span, says: SAYS[by] };
    return { software, by, versions, range, from: null, to: null, evidence };
  });
}

const saidAlone = oncePer((shape: StackShape) => saidTogether([shape]));

function saidTogether(shapes: Iterable<StackShape>): Statement[] {
  const merged = new Map<string, Statement>();
  for (const shape of shapes)
    for (const { index, clue } of cluesOfStack(shape)) addClue(merged, { clue, shape, index });
  return [...merged.values()].filter(({ clue: { versions, range } }) =>
    range === null ? versions.length > 0 : !isEmpty(range),
  );
}

function addClue(merged: Map<string, Statement>, statement: Statement): void {
  const { clue } = statement;
  // A path names the version itself; two of them are two statements.
  const key = [clue.software, clue.by, clue.by === "path" && clue.versions.join(" ")].join(" ");
  const known = merged.get(key);
  if (known === undefined) merged.set(key, statement);
  else if (clue.versions !== known.clue.versions || clue.range !== known.clue.range)
    merged.set(key, { ...known, clue: { ...known.clue, ...both(known.clue, clue) } });
}

/** Each clue of a stack, at the first frame that has it. */
const cluesOfStack = oncePer(({ frames }: StackShape) => {
  const seen = new Set<readonly Clue[]>();
  return frames.flatMap((frame, index) => {
    const clues = cluesOf(frame);
    if (seen.has(clues)) return [];
    seen.add(clues);
    return clues.map((clue) => ({ index, clue }));
  });
});

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
const cluesOf = oncePer(({ frame }: FrameShape): readonly Clue[] => {
  const { file, line, function: name, library } = frame;
  return cluesOfParts([file ?? "", line ?? "", name ?? "", library ?? ""].join("\n"));
});

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
