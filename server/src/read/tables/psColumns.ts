/** What stands in a column of ps: a regular expression of bounded length, so that no row is costly to look at. */
const NUMBER = String.raw`\d{1,20}`;
const WORD = String.raw`\S{1,64}`;
const CPU_TIME = String.raw`(?:\d{1,5}-)?\d{1,6}:\d\d(?::\d\d)?(?:\.\d\d)?`;
const START = String.raw`(?:\d\d:\d\d(?::\d\d)?|[A-Z][a-z]{2} ?\d{1,2}|\d{4})`;
const FULL_START = String.raw`(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}|\d\d:\d\d:\d\d|[A-Z][a-z]{2} \d\d|\d{4})`;
const TERMINAL = String.raw`(?:\?{1,2}|-|pts/\d{1,5}|tty\w{0,10}|console|\d{1,3})`;
const STATE = "[A-Z][A-Za-z<+]{0,7}";

const PATTERNS: Readonly<Record<string, string>> = {
  ...all(NUMBER, "PID PPID PGID PGRP SID SESS LWP SPID TID NLWP THCNT C SZ RSS RSZ VSZ PSR CPU F"),
  ...all(String.raw`-?\d{1,3}|-`, "NI PRI RTPRIO"),
  ...all(String.raw`-?\d{1,20}`, "TPGID"),
  ...all(WORD, "UID USER RUSER EUSER RUID GROUP EGROUP ADDR WCHAN CLS LABEL"),
  ...all(String.raw`\d{1,5}(?:\.\d{1,2})?`, "%CPU %MEM"),
  ...all(START, "STIME START"),
  ...all(FULL_START, "STARTED"),
  ...all(CPU_TIME, "TIME ELAPSED"),
  ...all(TERMINAL, "TTY TT"),
  ...all(STATE, "STAT S"),
  ...all(WORD, "CMD COMMAND ARGS UCMD"),
};

const COMMANDS: ReadonlySet<string> = new Set(["CMD", "COMMAND", "ARGS"]);

function all(pattern: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, pattern]));
}

/** Is it a name that ps prints over a column? */
export const isColumn = (name: string): boolean => Object.hasOwn(PATTERNS, name);

/** Does the column hold a whole command line, blanks included? ps prints such a one last. */
export const isCommand = (name: string | undefined): boolean =>
  name !== undefined && COMMANDS.has(name);

/** The source of a regular expression with a group for each column but a last one with a command line. */
export function rowPattern(columns: readonly string[]): string {
  const fixed = isCommand(columns[columns.length - 1]) ? columns.slice(0, -1) : columns;
  return fixed.map((name) => `(${PATTERNS[name]})`).join(" +");
}
