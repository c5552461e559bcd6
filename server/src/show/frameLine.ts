import { frameLabel } from "../find/groups";
import { plainName } from "../frames/names";
import type { Frame } from "../read/frame";
import { printable, shorten } from "../words/printable";

/** A frame in a summary: `#4  apc_cache_find_slot  apc_cache.c:578` or `#0  __lll_lock_wait  (libpthread.so.0)`. */
export function frameLine(frame: Frame, index: number): string {
  const number = `#${frame.number ?? index}`.padEnd(4);
  return printable(`${number} ${shorten(frameLabel(frame), 160)}${framePlace(frame)}`);
}

/** Where the frame is: base name and line of its file, else base name of its library. */
export function framePlace(frame: Frame): string {
  const base = (path: string) => path.replace(/^.*[/\\]/, "");
  if (frame.file !== null)
    return `  ${base(frame.file)}${frame.line === null ? "" : `:${frame.line}`}`;
  if (frame.library !== null && frame.function !== null) return `  (${base(frame.library)})`;
  return "";
}

/** The function's name without its template and parameter types, for headlines. */
export const shortName = (frame: Frame): string =>
  printable(shorten(plainName(frameLabel(frame)), 80));
