export const HELP = `Reads saved gdb backtraces and says what is in them.

Usage:
  backtrace-reader report FILE...|-  [--format text|json|ndjson]
  backtrace-reader group  FILE...|-  [--depth N] [--format text|json]

Commands:
  report  what the files say: processes, threads, distinct stacks, what could not be read whole
  group   identical stacks, most frequent first, with what each group is doing

Options:
  --format FORMAT  text (the default), json, or ndjson (one JSON object a line, report only)
  --depth N        compare only the N innermost frames (group)
  --color WHEN     auto (the default: only on a terminal), always, never
  --help           show this text
  --version        show the version

A file named "-" is standard input. The exit code is 0, or 2 where an option or a file cannot be used.
`;
