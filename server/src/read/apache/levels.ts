/** Apache's log levels, the gravest first, with the letters that stand for them in knowledge/apache/codes. */
export const LEVELS = [
  { name: "emerg", letter: "m" },
  { name: "alert", letter: "a" },
  { name: "crit", letter: "c" },
  { name: "error", letter: "e" },
  { name: "warn", letter: "w" },
  { name: "notice", letter: "n" },
  { name: "info", letter: "i" },
  { name: "debug", letter: "d" },
  { name: "trace1", letter: "1" },
  { name: "trace2", letter: "2" },
  { name: "trace3", letter: "3" },
  { name: "trace4", letter: "4" },
  { name: "trace5", letter: "5" },
  { name: "trace6", letter: "6" },
  { name: "trace7", letter: "7" },
  { name: "trace8", letter: "8" },
] as const;
