import files from "knowledge:versions";
import type { Range } from "./order";

// What knowledge/versions says; knowledge/schema/versions.schema.json checks it.

/** One file: what a text shows of the version of one program or library. */
export interface VersionFile {
  readonly software: string;
  /** Names of its source directories, without the version behind them. */
  readonly directories: readonly string[];
  readonly lines?: readonly SourceLine[];
  readonly symbols?: readonly SymbolEra[];
  readonly objects?: readonly ObjectName[];
  readonly banners?: readonly Banner[];
  readonly reference?: string;
}

/** A line of source that stands in this function in these versions only. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly versions?: readonly string[];
  readonly range?: Range;
}

/** Functions that only these versions have. */
export interface SymbolEra {
  readonly names: readonly string[];
  /** How the name of the object begins that holds them. */
  readonly object?: string;
  readonly range: Range;
  readonly because: string;
}

/** A shared object whose name tells the version. */
export interface ObjectName {
  readonly begins: string;
  readonly ends?: string;
  /** Without one, the version stands behind the beginning. */
  readonly range?: Range;
}

/** A line that a program prints of itself, with its version behind the beginning. */
export interface Banner {
  readonly begins: string;
  /** What stands before the version, if not the beginning. */
  readonly after?: string;
}

/** What is known of a software, with its name. */
type Of<T> = T & { readonly software: string };

const allLines: readonly Of<SourceLine>[] = files.flatMap(({ software, lines = [] }) =>
  lines.map((line) => ({ ...line, software })),
);

/** By the file's name, without its directory. */
export const sourceLines: ReadonlyMap<string, readonly Of<SourceLine>[]> = new Map(
  allLines.map(({ file }) => [file, allLines.filter((line) => line.file === file)] as const),
);

export const symbolEras: readonly Of<SymbolEra>[] = files.flatMap(({ software, symbols = [] }) =>
  symbols.map((symbol) => ({ ...symbol, software })),
);

export const objectNames: readonly Of<ObjectName>[] = files.flatMap(({ software, objects = [] }) =>
  objects.map((object) => ({ ...object, software })),
);

export const banners: readonly Of<Banner>[] = files.flatMap(({ software, banners: own = [] }) =>
  own.map((banner) => ({ ...banner, software })),
);

/** The software whose sources lie in a directory of this name, by the name without the version. */
export const softwareOfDirectory: ReadonlyMap<string, string> = new Map(
  files.flatMap(({ software, directories }) =>
    directories.map((directory) => [directory, software] as const),
  ),
);
