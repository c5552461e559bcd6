import { compileGlob, type Glob } from "./glob";

/** A pattern and what it stands for. */
interface Row<T> {
  readonly pattern: string;
  readonly value: T;
}

interface Compiled<T> extends Row<T> {
  readonly matches: Glob;
  readonly weight: number;
}

/** So many characters must stand before the first star for a pattern to be found by its beginning. */
const keyLength = 3;

/**
 * What the patterns say of a name, the most specific first. Patterns are filed under their first characters, so that a
 * name which none of them knows costs two look-ups.
 */
export function patternIndex<T>(rows: readonly Row<T>[]): (name: string) => T[] {
  const drawers = new Map<string, Compiled<T>[]>();
  for (const row of rows.map(compiled).sort((a, b) => b.weight - a.weight)) {
    const key = keyOf(row.pattern);
    const drawer = drawers.get(key);
    if (drawer) drawer.push(row);
    else drawers.set(key, [row]);
  }
  return (name) => {
    const rows = [...(drawers.get(name.slice(0, keyLength)) ?? []), ...(drawers.get("") ?? [])];
    return rows.filter((row) => row.matches(name)).map((row) => row.value);
  };
}

function compiled<T>(row: Row<T>): Compiled<T> {
  const weight = row.pattern.replaceAll("*", "").length;
  return { ...row, matches: compileGlob(row.pattern), weight };
}

function keyOf(pattern: string): string {
  return pattern.indexOf("*") < keyLength ? "" : pattern.slice(0, keyLength);
}
