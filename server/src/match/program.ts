import { matchesText } from "./names";

/**
 * The executable of a process: gdb names a core's by its command line, and a server may have replaced that by a title such
 * as `nginx: worker process`.
 */
export function executable(program: string | null): string | null {
  const word = program?.trim().split(/\s/, 1)[0]?.replace(/:$/, "") ?? "";
  return word === "" ? null : word;
}

/** Its file name. */
export const programName = (program: string | null): string | null => {
  const path = executable(program);
  return path === null ? null : afterLastSlash(path);
};

/** Does the pattern fit the program's file name? A path may hold blanks. */
export const isProgram = (pattern: string, program: string | null): boolean =>
  matchesText(pattern, programName(program)) ||
  (program !== null && matchesText(pattern, afterLastSlash(program)));

const afterLastSlash = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
