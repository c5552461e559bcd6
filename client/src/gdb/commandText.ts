// Which commands may be sent to gdb from a text. A list of what is known to be harmless, not of what is known to hurt:
// gdb takes abbreviations, other commands as arguments, and the shell in many places.

/** Where a command would run: in a gdb that the user sees, or in one that only answers and ends. */
export type Place = "terminal" | "batch";

const LONGEST = 1000;

/** Only look: at the stopped program, or at gdb's own tables. */
const LOOKING = words(`
  backtrace bt where frame f up down up-silently down-silently select-frame thread t info i inf print p inspect output
  x list l disassemble disas ptype whatis find show display echo printf taas tfaas faas
  symbol-file add-symbol-file sharedlibrary directory dir
  py-bt py-bt-full py-list py-locals py-up py-down py-print
  zbacktrace printzv print_ht print_htptr dump_bt dump_table dump_brigade dump_filters dump_request_tree dump_server_rec
  dump_process_rec dump_scoreboard dump_one_pool dump_all_pools dump_pool_and_children dump_allocator
`);

/** Let the program go on, hold it, load it: only where the user sees what happens. */
const STEERING = words(`
  attach detach core-file core generate-core-file gcore continue c cont next n nexti ni step s stepi si finish fin until
  u advance break b br tbreak tb hbreak thbreak watch rwatch awatch catch tcatch delete disable enable condition ignore
  handle undisplay interrupt inferior call file exec-file quit q exit
`);

/** Could run the shell, another language, or commands that nobody sees here. */
const OUTSIDE = words(`
  shell ! | pipe make python py python-interactive pi guile gu guile-repl gr source define define-prefix document
  commands compile expression eval alias run r start starti target monitor mon tui kill
`);

/** Settings that change what gdb prints or where it looks, and nothing else. */
const SETTINGS =
  /^(?:pagination|height|width|confirm|listsize|language|disassembly-flavor|disassemble-next-line|backtrace|print|substitute-path|sysroot|solib-search-path|scheduler-locking|trace-commands|style|verbose|unwindonsignal|debuginfod enabled|\$[A-Za-z_]\w*)(?=[\s=]|$)/;

/** What runs the shell out of an expression: gdb's own function, and those of the C library in the program. */
const IN_EXPRESSION =
  /\$_shell\b|\b(?:system|popen|exec[lv]p?e?|execveat|posix_spawnp?|dlopen|__libc_dlopen_mode|__libc_system)\b\s*(?:\)\s*)*\(/;

/** Why a command is not sent to gdb, as a sentence for the user; null where it may be. */
export function refusal(command: string, place: Place): string | null {
  if (/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(command))
    return "The command holds characters that cannot be seen, such as a line break. Only one plain line is sent to gdb.";
  if (command.trim() === "") return "There is no command to send to gdb.";
  if (command.length > LONGEST) return "The command is too long to be one that was typed.";
  if (IN_EXPRESSION.test(command)) return outside(command);
  return refusalOf(command.trim(), place, 0);
}

/** Commands do not stand inside each other deeper than this. */
const DEEPEST = 3;

function refusalOf(command: string, place: Place, depth: number): string | null {
  const word = /^(?:[A-Za-z_][\w.-]*|[!|])/.exec(command)?.[0] ?? "";
  if (OUTSIDE.has(word)) return outside(command);
  if (word === "set" || word === "show") {
    if (word === "show" || SETTINGS.test(command.slice(3).trim())) return null;
    return unknown(command);
  }
  const inner = innerCommand(command);
  if (inner !== null) {
    return depth < DEEPEST ? refusalOf(inner, place, depth + 1) : unknown(command);
  }
  if (LOOKING.has(word)) return null;
  if (!STEERING.has(word)) return unknown(command);
  if (place === "terminal") return null;
  return `${quoted(command)} needs a gdb that stays. Run it in a terminal.`;
}

/** The command that one for threads, for frames or with a setting does; null where it does none. */
function innerCommand(command: string): string | null {
  const setting = WITH.exec(command);
  if (setting) return SETTINGS.test(setting[1] as string) ? command.slice(setting[0].length) : "";
  for (const pattern of DOING) {
    const found = pattern.exec(command);
    if (found) return command.slice(found[0].length);
  }
  return null;
}

/** A setting, for the time of the command behind it. */
const WITH = /^(?:with|w) +([\w-]+(?: [\w-]+){0,3}?) +-- +/;

/** A list of threads or frames and flags stands before the command. */
const DOING: readonly RegExp[] = [
  /^(?:thread|t) +(?:apply|ap|a)\b(?: +(?:all|-?[\d*.]+(?:-\d+)?|-[a-z]+)(?= |$))* */,
  /^(?:frame|f) +apply\b(?: +(?:all|level|-?\d+(?:-\d+)?|-[a-z]+)(?= |$))* */,
  /^(?:taas|tfaas|faas)\b(?: +-[a-z]+(?= |$))* */,
];

const outside = (command: string): string =>
  `${quoted(command)} could leave gdb: run a program, a shell or a script. It is not run from here; if you want it, type it yourself.`;

const unknown = (command: string): string =>
  `${quoted(command)} is none of the commands that are run from here. If you want it, copy it and type it yourself.`;

const quoted = (command: string): string =>
  `"${command.length > 60 ? `${command.slice(0, 60)}…` : command}"`;

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
