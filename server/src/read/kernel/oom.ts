import {
  BLANK,
  CLOSE_BRACKET,
  COLON,
  isDigit,
  OPEN_BRACKET,
  skipBlanks,
  skipDigits,
} from "../chars";
import type { Cell, LogRecord, TableRow } from "../model";
import type { Output } from "../output";
import type { ReportKind } from "./data";
import { bodyOf, type KernelLine } from "./line";
import type { Fields, OpenRecord } from "./record";
import type { Report } from "./report";
import type { Words } from "./words";

export const isOomKind = (kind: ReportKind): boolean => kind.kind === "oom-kill";

// The lines of the out-of-memory killer that say what it did, of every era:
//
//     memory: usage 30720kB, limit 30720kB, failcnt 22                         the control group's limit
//     [  pid  ]   uid  tgid total_vm      rss ... oom_score_adj name           the candidates, then one row each
//     oom-kill:constraint=CONSTRAINT_MEMCG,...,oom_memcg=/demo.slice,task_memcg=/demo.slice,task=demo,pid=512,uid=0
//     Out of memory: Killed process 512 (demo_app) total-vm:333164kB, anon-rss:208400kB, ...
//     Out of memory: Kill process 512 (demo_app) score 871 or sacrifice child  5.2 and older, with the next line
//     Killed process 512 (demo_app) total-vm:333164kB, anon-rss:208400kB, file-rss:452kB
//     oom_reaper: reaped process 512 (demo_app), now anon-rss:0kB, ...

const LETTER_M = 109;
const LETTER_O = 111;

/** What the kernel did when memory ran out, with its list of candidates as a table. */
export class OomReport implements OpenRecord {
  /** Statistics of the memory stand between the lines that are read. */
  readonly patience = 300;
  private readonly report: Report;
  private readonly words: Words;
  private readonly output: Output;
  private columns: readonly Cell[] = [];
  private readonly rows: TableRow[] = [];

  constructor(report: Report, output: Output, headline: string, words: Words) {
    this.report = report;
    this.words = words;
    this.output = output;
    readVictim(headline, report.fields);
  }

  take(line: KernelLine): boolean {
    if (this.takeTable(line) || this.readOutcome(line)) {
      this.report.extend(line);
      return true;
    }
    return this.report.take(line);
  }

  /** The line that names the victim is a headline too, for logs that begin with it. */
  follow(kind: ReportKind, line: KernelLine): boolean {
    const body = bodyOf(line);
    const isVictim = isOomKind(kind) && !body.includes(" invoked oom-killer: ");
    if (!isVictim || !this.victimFits(body)) return this.report.follow(kind, line);
    this.report.extend(line);
    return readVictim(body, this.report.fields);
  }

  /** A second victim is a second record. */
  private victimFits(body: string): boolean {
    const known = this.report.fields.victimPid;
    return known === undefined || body.includes(`process ${known} `);
  }

  finish(): LogRecord {
    const first = this.columns[0];
    const last = this.rows[this.rows.length - 1];
    if (first && last) {
      const columns = this.columns.map((cell) => cell.text);
      const span = { from: first.span.from, to: last.span.to };
      this.output.tables.push({ kind: "oom-task-list", columns, rows: this.rows, span });
    }
    return this.report.finish();
  }

  private takeTable(line: KernelLine): boolean {
    const { text, body, to } = line;
    if (text.charCodeAt(body) !== OPEN_BRACKET) return false;
    const first = skipBlanks(text, body + 1, to);
    const isRow = isDigit(text.charCodeAt(first));
    if (isRow ? this.columns.length === 0 : !text.startsWith("pid", first)) return false;
    const end = isRow ? skipDigits(text, first, to) : first + 3;
    const close = isRow ? end : skipBlanks(text, end, to);
    if (text.charCodeAt(close) !== CLOSE_BRACKET) return false;
    const cells = bracketedCells(line, first, end, close);
    if (isRow) this.rows.push({ cells, span: { from: body, to } });
    else this.columns = cells;
    return true;
  }

  /** Reads a line that says what was done; false for any other line. Most are statistics and frames. */
  private readOutcome(line: KernelLine): boolean {
    const { text, body } = line;
    const { fields } = this.report;
    const code = text.charCodeAt(body);
    if (code === LETTER_O && text.startsWith("oom-kill:", body))
      return readConstraint(bodyOf(line), fields);
    if (code === LETTER_O && text.startsWith("oom_reaper: reaped process", body))
      return readReaped(fields);
    if (code === LETTER_M && text.startsWith("memory", body) && readUsage(bodyOf(line), fields))
      return true;
    return this.words.tellProcess(line) && readVictim(bodyOf(line), fields);
  }
}

/** `[    512]  1000   512    83291 ... demo app`: the number without its brackets; a name may hold blanks, so the last column takes the rest. */
function bracketedCells(
  { text, to }: KernelLine,
  first: number,
  end: number,
  close: number,
): Cell[] {
  const cells = [cell(text, first, end)];
  const isRow = isDigit(text.charCodeAt(first));
  let at = skipBlanks(text, close + 1, to);
  while (at < to) {
    const isName = isRow && cells.length > 3 && !isNumber(text, at);
    let cellEnd = isName ? to : at;
    while (cellEnd < to && text.charCodeAt(cellEnd) !== BLANK) cellEnd++;
    cells.push(cell(text, at, cellEnd));
    at = skipBlanks(text, cellEnd, to);
  }
  return cells;
}

const cell = (text: string, from: number, to: number): Cell => ({
  text: text.slice(from, to),
  span: { from, to },
});

const isNumber = (text: string, at: number): boolean =>
  isDigit(text.charCodeAt(at)) || (text.charAt(at) === "-" && isDigit(text.charCodeAt(at + 1)));

/** `memory: usage 30720kB, limit 30720kB, failcnt 22`; what a group may use with swap says the same once more. */
function readUsage(body: string, fields: Fields): boolean {
  const usage =
    /^(?:memory|memory\+swap): usage (\d{1,15})kB, limit (\d{1,15})kB, failcnt (\d{1,15})/.exec(
      body,
    );
  if (usage && !("limitKb" in fields)) {
    for (const [index, name] of ["usageKb", "limitKb", "failures"].entries())
      fields[name] = Number(usage[index + 1]);
  }
  return usage !== null;
}

/** The victim's memory was taken back at once. */
function readReaped(fields: Fields): boolean {
  fields.reaped = true;
  return true;
}

/** `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,...,task=demo_app,pid=512,uid=1000` */
function readConstraint(body: string, fields: Fields): boolean {
  const values = new Map(
    body
      .slice(9)
      .split(",")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair] as const),
  );
  for (const [key, field] of [
    ["constraint", "constraint"],
    ["cpuset", "cpuset"],
    ["oom_memcg", "memoryGroup"],
    ["task_memcg", "victimGroup"],
  ] as const) {
    const pair = values.get(key);
    if (pair !== undefined) fields[field] = pair.slice(key.length + 1);
  }
  fields.scope = body.includes(",global_oom") ? "machine" : "group";
  const uid = /,uid=(\d{1,10})$/.exec(body)?.[1];
  if (uid !== undefined) fields.victimUid = Number(uid);
  return true;
}

const SIZES = [
  ["total-vm", "totalVmKb"],
  ["anon-rss", "anonRssKb"],
  ["file-rss", "fileRssKb"],
  ["shmem-rss", "shmemRssKb"],
  ["pgtables", "pageTablesKb"],
  ["UID", "victimUid"],
  ["oom_score_adj", "victimScoreAdj"],
] as const;

/** `Out of memory: Killed process 512 (demo_app) total-vm:333164kB, ...`, `... Kill process 512 (demo_app) score 871 ...` */
function readVictim(body: string, fields: Fields): boolean {
  const found = /\b[Kk]ill(?:ed)? process (\d{1,10})(?: |, UID \d{1,10}, )\((.{1,64}?)\)[, ]/.exec(
    `${body} `,
  );
  if (!found) return false;
  fields.victimPid = Number(found[1]);
  fields.victim = found[2] as string;
  fields.scope ??= body.startsWith("Memory cgroup") ? "group" : "machine";
  const score = /\) score (\d{1,7}) /.exec(body)?.[1];
  if (score !== undefined) fields.score = Number(score);
  for (const [name, field] of SIZES) {
    const at = body.indexOf(`${name}:`);
    const digits = at < 0 ? null : /^-?\d{1,15}/.exec(body.slice(at + name.length + 1));
    if (digits && body.charCodeAt(at + name.length) === COLON) fields[field] = Number(digits[0]);
  }
  return true;
}
