import type { FunctionGroup } from "./data";

/** Is this function one of the groups'? */
export type IsOneOf = (name: string) => boolean;

/** The functions of all groups as one question; a name may end in `*`, or begin with it. */
export function oneOf(groups: readonly FunctionGroup[]): IsOneOf {
  const names = new Set<string>();
  const prefixes = new Set<string>();
  const suffixes: string[] = [];
  let shortest = Number.POSITIVE_INFINITY;
  for (const name of groups.flatMap((group) => group.functions)) {
    if (name.startsWith("*")) suffixes.push(name.slice(1));
    else if (name.endsWith("*")) prefixes.add(name.slice(0, -1));
    else names.add(name);
    if (name.endsWith("*")) shortest = Math.min(shortest, name.length - 1);
  }
  const hasPrefix = (name: string) => {
    for (let length = shortest; length <= name.length; length++)
      if (prefixes.has(name.slice(0, length))) return true;
    return false;
  };
  return (name) => names.has(name) || hasPrefix(name) || suffixes.some((end) => name.endsWith(end));
}

/** The function's own name: the compiler's `.isra.0`, `.part.1`, `.constprop.0`, `.cold` and `.llvm.123` taken off. */
export const ownName = (printed: string): string =>
  printed.replace(/(?:\.(?:isra|part|constprop|cold|llvm|lto_priv|localalias)\b[.\d]*){1,20}$/, "");
