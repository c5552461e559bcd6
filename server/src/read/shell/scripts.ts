import { type Lines, lineText } from "../lines";
import type { FormatReader, Output } from "../output";

/** Commands with which a gdb script does its work. */
const GDB_COMMANDS =
  /^(?:set (?:pagination|height|width|confirm|print|logging|verbose|non-stop|debuginfod|sysroot|solib-search-path|listsize|trace-commands|auto-load|backtrace|unwindonsignal|scheduler-locking)\b|(?:bt|where|backtrace)(?: (?:full|-?\d+|-full))*$|thread apply \S|thread \d+$|taas \S|tfaas \S|info (?:threads|registers|locals|args|sharedlibrary|proc|frame|signals)|frame \d|attach \d|core-file |exec-file |symbol-file |generate-core-file|gcore\b|detach$|quit$|q$|continue$|x\/\d*[a-z]* |p(?:rint)? \S|echo \S|printf "|define \w|end$|while |shell |source |handle SIG)/;

/** One of these alone makes clear that the lines are gdb's and nothing else's. */
const GDB_ONLY =
  /^(?:set (?:pagination|height|width|confirm|logging|print)|(?:bt|backtrace|where)\b|thread apply|info (?:threads|registers|sharedlibrary)|detach$)/;

/** A script is not longer than this without a line that is no command. */
const MOST_LINES = 200;

/** `gdb -x` scripts: a run of lines that are all gdb commands or comments. Section kind `gdb-script`. */
export class GdbScriptReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.output = output;
  }

  read(at: number): number {
    const first = lineText(this.lines, at).trim();
    if (!isComment(first) && !GDB_COMMANDS.test(first)) return at;
    let commands = 0;
    let proofs = 0;
    let end = at;
    for (; end < Math.min(this.lines.count, at + MOST_LINES); end++) {
      const line = lineText(this.lines, end).trim();
      if (isComment(line)) continue;
      if (!GDB_COMMANDS.test(line)) break;
      commands++;
      if (GDB_ONLY.test(line)) proofs++;
    }
    if (commands < 2 || proofs === 0) return at;
    addSection(this.output, this.lines, "gdb-script", at, end);
    return end;
  }

  finish(): void {}
}

const isComment = (line: string): boolean => /^#(?!\d)/.test(line);

const LOOP_START = /^(?:[$#%>] )?(?:for \w+ in |while (?:true|:|read|\[|sleep))/;

const LOOP_END = /(?:^|[\s;])done\b/;

/** A command at a shell's prompt, of those that this trade uses. */
const PROMPTED =
  /^(?:\S{1,40}@\S{1,60}[$#] |[$#%] )(?:sudo |time |nohup )*(?:gdb|gcore|pstack|eu-stack|ps|ipcs|ipcrm|kill|pkill|pgrep|cat|tail|head|grep|zgrep|dmesg|journalctl|coredumpctl|apachectl|apache2ctl|httpd|systemctl|service|strace|ltrace|perf|lsof|ss|netstat|ls|echo|docker|kubectl|for|ulimit|sysctl|php|addr2line|objdump|readelf|file|nm|ldd|top|free|vmstat|uname|rpm|dpkg|apt|apt-get|yum|dnf)\b/;

/** Loops that collect backtraces, and commands behind a shell's prompt. Section kind `shell`. */
export class ShellReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.output = output;
  }

  read(at: number): number {
    const first = lineText(this.lines, at).slice(0, 400);
    const end = LOOP_START.test(first) ? this.loopEnd(at) : PROMPTED.test(first) ? at + 1 : at;
    if (end > at) addSection(this.output, this.lines, "shell", at, end);
    return end;
  }

  finish(): void {}

  private loopEnd(at: number): number {
    for (let i = at; i < Math.min(this.lines.count, at + 30); i++) {
      if (LOOP_END.test(lineText(this.lines, i).slice(0, 4000))) return i + 1;
    }
    return at;
  }
}

function addSection(output: Output, lines: Lines, kind: string, at: number, end: number): void {
  const span = { from: lines.starts[at] as number, to: lines.ends[end - 1] as number };
  output.sections.push({ kind, span });
}
