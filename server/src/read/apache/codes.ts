import files from "knowledge:apache/codes";
import { LEVELS } from "./levels";

/** One file of knowledge/apache/codes: what Apache's sources say of the numbers in front of its messages. */
export interface CodeFile {
  readonly source: string;
  /** The newest release of the series that was read. */
  readonly newest: number;
  /**
   * By module and source file: `function code:line:levels:first-last ...; function ...`. The levels are letters (see
   * LEVELS), the releases are the z of 2.4.z. They are left out for a code that is as old as the series and still there.
   */
  readonly modules: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Where a code comes from. */
export interface AhCode {
  readonly code: string;
  /** As in the log's `[module:level]`. */
  readonly module: string;
  readonly file: string;
  /** The line of the newest release that has it. */
  readonly line: number;
  readonly function: string | null;
  /** More than one where the level depends on the situation. */
  readonly levels: readonly string[];
  /** `2.4.26`; null for a code that was never released. */
  readonly firstRelease: string | null;
  /** `2.4.46` for a code that is gone; null where the newest release still has it. */
  readonly lastRelease: string | null;
}

let codes: Map<number, AhCode> | null = null;

/** What is known of a code (`AH00171`), or null. */
export function ahCode(code: string): AhCode | null {
  if (!/^AH\d{5}$/.test(code)) return null;
  codes ??= readCodes();
  return codes.get(Number(code.slice(2))) ?? null;
}

/** Every code that is known, in order. */
export function allCodes(): string[] {
  codes ??= readCodes();
  return [...codes.values()].map(({ code }) => code).sort();
}

/** `AH00171: the prefork MPM, server/mpm/prefork/prefork.c, notice`; null for a code that is not known. */
export function ahCodeSentence(code: string): string | null {
  const known = ahCode(code);
  if (known === null) return null;
  return [`${code}: ${moduleTitle(known.module)}`, known.file, ...levelTitle(known)].join(", ");
}

/** The prefork, worker or event of `mpm_prefork`, ...; null for other modules. */
export const mpmOf = (module: string | null): string | null =>
  module?.startsWith("mpm_") ? module.slice("mpm_".length) : null;

function moduleTitle(module: string): string {
  const mpm = mpmOf(module);
  if (mpm !== null) return `the ${mpm} MPM`;
  if (module === "core") return "the core";
  return module
    .split("|")
    .map((name) => `mod_${name}`)
    .join(" or ");
}

const levelTitle = ({ levels }: AhCode): string[] =>
  levels.length > 0 ? [levels.join(" or ")] : [];

function readCodes(): Map<number, AhCode> {
  const read = new Map<number, AhCode>();
  for (const series of files)
    for (const [module, sources] of Object.entries(series.modules))
      for (const [file, rows] of Object.entries(sources))
        for (const group of rows.split("; ")) readFunction(read, module, file, group);
  return read;
}

function readFunction(
  read: Map<number, AhCode>,
  module: string,
  file: string,
  group: string,
): void {
  const [name, ...rows] = group.split(" ");
  for (const row of rows) {
    const [number, line, levels, releases = "0-"] = row.split(":") as [
      string,
      string,
      string,
      string?,
    ];
    const [first, last] = releases.split("-");
    read.set(Number(number), {
      code: `AH${number.padStart(5, "0")}`,
      module,
      file,
      line: Number(line),
      function: name === undefined || name === "-" ? null : name,
      levels: LEVELS.filter((level) => levels.includes(level.letter)).map((level) => level.name),
      firstRelease: releases === "trunk" ? null : `2.4.${first}`,
      lastRelease: last ? `2.4.${last}` : null,
    });
  }
}
