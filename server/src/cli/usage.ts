export const HELP = `Reads saved gdb backtraces and server logs, and says what is in them and what could be the cause.

Usage:
  backtrace-reader report FILE...|-  [--notes FOLDER]... [--format text|json|ndjson]
  backtrace-reader group  FILE...|-  [--depth N] [--format text|json]
  backtrace-reader next   FILE...|-  [--notes FOLDER]... [--for gdb|shell] [--script] [--format text|json]
  backtrace-reader notes  list | check FOLDER

Commands:
  report  what the files say: processes, threads, distinct stacks, what could not be read whole; then what follows
          from all of them together: likely causes with evidence and the commands to type next
  group   identical stacks, most frequent first, with what each group is doing
  next    what to type next at gdb's prompt or in the shell, filled in from the files
  notes   list: the known issues that are looked for; check: what is wrong with the notes of a folder

Options:
  --format FORMAT  text (the default), json, or ndjson (one JSON object a line, report only)
  --depth N        compare only the N innermost frames (group)
  --notes FOLDER   also look for the known issues of this folder, such as .backtrace-notes (report, next)
  --for WHERE      only commands for gdb, or only for the shell (next)
  --script         as a file to run: for gdb -x, or with --for shell for sh (next)
  --color WHEN     auto (the default: only on a terminal), always, never
  --help           show this text
  --version        show the version

A file named "-" is standard input; files packed by gzip are unpacked, those by zstd where Node can. Large files are read
block by block by group, and by report with ndjson, which then says on how much of the text its causes rest.
The exit code is 0, 1 where checked notes have errors, 2 where an option or a file cannot be used, 130 after Ctrl-C.
`;
