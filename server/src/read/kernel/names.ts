import type { FunctionGroup } from "./data";

/** Is this function one of the groups'? */
export type IsOneOf = (name: string) => boolean;

/** The functions of all groups as one question; a name may end in `*`, or begin with it. */
export function oneOf(groups: readonly FunctionGroup[]): IsOneOf {
  const all = groups.flatMap((group) => group.functions);
  const suffixes = all.filter((name) => name.startsWith("*")).map((name) => name.slice(1));
  const others = all.filter((name) => !name.startsWith("*"));
  const names = new Set(others.filter((name) => !name.endsWith("*")));
  const starts = others.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  const isPrefixed = hasPrefixOf(starts);
  return (name) =>
    names.has(name) || isPrefixed(name) || suffixes.some((end) => name.endsWith(end));
}

/** Does the name begin with one of the prefixes? They are looked up by as much as all of them have. */
function hasPrefixOf(prefixes: readonly string[]): IsOneOf {
  const shortest = Math.min(...prefixes.map(({ length }) => length));
  const byStart = new Map<string, string[]>();
  for (const prefix of prefixes) {
    const start = prefix.slice(0, shortest);
    byStart.set(start, [...(byStart.get(start) ?? []), prefix]);
  }
  return (name) => {
    const alike = byStart.get(name.slice(0, shortest));
    return alike?.some((prefix) => name.startsWith(prefix)) ?? false;
  };
}

/** The function's own name: the compiler's `.isra.0`, `.part.1`, `.constprop.0`, `.cold` and `.llvm.123` taken off. */
export const ownName = (printed: string): string =>
  printed.replace(/(?:\.(?:isra|part|constprop|cold|llvm|lto_priv|localalias)\b[.\d]*){1,20}$/, "");
