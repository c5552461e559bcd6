// Where the source of a frame is, as pure path arithmetic: the client imports it, and asks the editor for the files.
// Paths are those of URIs: forward slashes, `/c:/src/a.c` on Windows.

/** Where the sources were when they were compiled, and where they are now: `/usr/local/src/php-5.3.3` -> `php`. */
export type SourceMap = Readonly<Record<string, string>>;

/** A place where a source file could be; always inside `folder`, which the editor gave. */
export interface SourceCandidate {
  readonly folder: string;
  readonly path: string;
}

/**
 * The places to look for `file` without searching, best first: where the map leads (an absolute path, or one relative
 * to a workspace folder), the path as printed, and a relative path below each folder.
 */
export function sourceCandidates(
  file: string,
  map: SourceMap,
  folders: readonly string[],
): SourceCandidate[] {
  const printed = normalizePath(file);
  const mapped = applySourceMap(printed, map);
  const paths = mapped === null ? [printed] : [mapped, printed];
  const found = paths.flatMap((path) => folders.map((folder) => inFolder(path, folder)));
  const inside = found.filter((candidate) => candidate !== null);
  return inside.filter(
    (candidate, i) => inside.findIndex((other) => other.path === candidate.path) === i,
  );
}

/** The path with the longest matching prefix of the map replaced, or null. A prefix ends where a path segment ends. */
export function applySourceMap(file: string, map: SourceMap): string | null {
  const path = normalizePath(file);
  const prefixes = Object.entries(map)
    .map(([from, to]) => ({ from: normalizePath(from), to: normalizePath(to) }))
    .filter(({ from }) => isBelow(path, from))
    .sort((one, other) => other.from.length - one.from.length);
  const best = prefixes[0];
  if (best === undefined) return null;
  const rest = path.slice(best.from.length).replace(/^\//, "");
  return normalizePath([best.to, rest].filter((part) => part !== "").join("/"));
}

/** Of paths that were found by file name, those that end most like `file`; several where they end equally alike. */
export function bestMatches(file: string, paths: readonly string[]): string[] {
  const wanted = normalizePath(file);
  const scored = paths.map((path) => ({ path, length: commonSuffix(wanted, normalizePath(path)) }));
  const longest = Math.max(0, ...scored.map(({ length }) => length));
  if (longest === 0) return [];
  return scored.filter(({ length }) => length === longest).map(({ path }) => path);
}

/**
 * What the choice of a file teaches: with `/usr/local/src/php-5.3.3/main/main.c` found at `/home/me/php/main/main.c`,
 * the prefix `/usr/local/src/php-5.3.3` is at `/home/me/php`. Null where the two have not even the file name in common.
 */
export function learnMapping(file: string, chosen: string): { from: string; to: string } | null {
  const wanted = normalizePath(file).split("/");
  const found = normalizePath(chosen).split("/");
  const common = commonSuffix(wanted.join("/"), found.join("/"));
  if (common === 0) return null;
  const from = wanted.slice(0, wanted.length - common).join("/");
  const to = found.slice(0, found.length - common).join("/");
  return from === "" || from === to ? null : { from, to };
}

/** A glob for the search by file name. The name comes from a log: what a glob would read as a sign matches any character. */
export function searchGlob(file: string): string | null {
  const name = normalizePath(file).split("/").pop();
  return name ? `**/${name.replace(/[*?[\]{}!,\\]/g, "?")}` : null;
}

/** Forward slashes, no `.` and `..`; a path cannot climb above its root, nor a relative one above its start. */
export function normalizePath(path: string): string {
  const slashed = withSlashes(path);
  const root = slashed.startsWith("/") ? "/" : "";
  const segments: string[] = [];
  for (const segment of slashed.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return root + segments.join("/");
}

/** `C:\src\a.c` as `/c:/src/a.c`; a backslash in any other path is an ordinary character of a name. */
function withSlashes(path: string): string {
  const drive = /^\/?([A-Za-z]):[\\/]/.exec(path);
  if (drive === null) return /^\\\\/.test(path) ? path.replaceAll("\\", "/") : path;
  const rest = path.slice(drive[0].length).replaceAll("\\", "/");
  return `/${(drive[1] as string).toLowerCase()}:/${rest}`;
}

function inFolder(path: string, folder: string): SourceCandidate | null {
  const root = normalizePath(folder);
  const whole = path.startsWith("/") ? path : normalizePath(`${root}/${path}`);
  return isBelow(whole, root) && whole !== root ? { folder, path: whole } : null;
}

/** Is the path the folder itself, or below it? */
function isBelow(path: string, folder: string): boolean {
  if (folder === "/" || folder === "") return path.startsWith(folder);
  return path === folder || path.startsWith(`${folder}/`);
}

/** How many whole segments the paths have in common at their ends. */
function commonSuffix(one: string, other: string): number {
  const ends = one.split("/").reverse();
  const others = other.split("/").reverse();
  let common = 0;
  while (common < ends.length && ends[common] !== "" && ends[common] === others[common]) common++;
  return common;
}
