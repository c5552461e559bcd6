import { codeTable } from "../chars";
import { canonicalAddress } from "../frame";
import type { Fields } from "./record";

/** Fills a field unless an earlier line of the report did. */
function set(fields: Fields, name: string, value: string | number | undefined): void {
  if (value !== undefined && !(name in fields)) fields[name] = value;
}

/** Whole lines that are one field's value. */
const WHOLE: readonly (readonly [start: string, field: string])[] = [
  ["Hardware name: ", "hardware"],
  ["Workqueue: ", "workqueue"],
  ["Kernel panic - not syncing: ", "panic"],
  ["Code: ", "code"],
];

/** The first letters of the lines that are looked at. */
const SPEAKING = codeTable("HWKCPM#R");

/** Is the line one of those that say something, by its first letter? */
export const isSpeaking = (code: number): boolean => SPEAKING[code] === 1;

/** Reads what a line inside a report says of the machine and the task. */
export function readPart(line: string, fields: Fields): void {
  if (line.includes("ainted")) readTaint(line, fields);
  if (!isSpeaking(line.charCodeAt(0))) return;
  for (const [start, field] of WHOLE)
    if (line.startsWith(start)) set(fields, field, line.slice(start.length).trim());
  if (line.startsWith("CPU: ")) readCpu(line, fields);
  else if (line.startsWith("Pid: ")) readOldTask(line, fields);
  else if (line.startsWith("Modules linked in:")) readModules(line, fields);
  else if (line.startsWith("#PF: ")) readPageFault(line, fields);
  else if (line.startsWith("CR2: ")) set(fields, "address", hex(/^CR2: ([0-9a-f]+)/, line));
  else readAccess(line, fields);
}

const hex = (pattern: RegExp, line: string): string | undefined => {
  const digits = pattern.exec(line)?.[1];
  return digits === undefined ? undefined : canonicalAddress(digits);
};

/** `CPU: 3 UID: 0 PID: 912 Comm: kworker/3:1 Tainted: G        W  O       6.14.0-demo #1 PREEMPT(voluntary)` */
function readCpu(line: string, fields: Fields): void {
  const found = /^CPU: (\d{1,6}) (?:UID: (\d{1,10}) )?PID: (-?\d{1,10}) Comm: (.{1,64})$/.exec(
    line.slice(0, Math.max(0, taintStart(line))),
  );
  if (!found) return;
  set(fields, "cpu", Number(found[1]));
  if (found[2] !== undefined) set(fields, "uid", Number(found[2]));
  set(fields, "pid", Number(found[3]));
  set(fields, "process", (found[4] as string).replace(/ Kdump: loaded$/, ""));
}

/** `Pid: 912, comm: kworker/3:1 Not tainted 2.6.32-431.el6.x86_64 #1` */
function readOldTask(line: string, fields: Fields): void {
  const found = /^Pid: (\d{1,10}), comm: (.{1,64})$/.exec(line.slice(0, taintStart(line)));
  if (!found) return;
  set(fields, "pid", Number(found[1]));
  set(fields, "process", found[2]);
}

/** Where ` Not tainted` or ` Tainted: ` stands in the line, or -1. */
function taintStart(line: string): number {
  const clean = line.lastIndexOf(" Not tainted");
  return clean >= 0 ? clean : line.lastIndexOf(" Tainted: ");
}

/**
 * The letters and the kernel's version behind them: `Tainted: G        W  O       6.14.0-demo #1`, or in front:
 * `4.16.0-rc7+ #5 Not tainted`. A kernel without taint has none of the letters: the field is empty.
 */
function readTaint(line: string, fields: Fields): void {
  const start = taintStart(` ${line}`) - 1;
  if (start < -1) return;
  const found =
    /^ ?(?:Not tainted|Tainted: ((?:[A-Z] {0,16}){1,40}(?![^ ])))\s*(?:-+ +)?(\S{0,200})/.exec(
      line.slice(Math.max(start, 0)),
    );
  if (!found) return;
  set(fields, "taint", (found[1] ?? "").replace(/ /g, ""));
  const before = /^(\d+\.\d+\S{0,200}) #/.exec(line)?.[1];
  const version = found[2] === "" ? before : found[2];
  if (version !== undefined && /^\d/.test(version)) set(fields, "kernel", version);
}

/** `Modules linked in: demo(OE) xt_nat [last unloaded: demo_old]` */
function readModules(line: string, fields: Fields): void {
  const list = line.slice(18).replace(/\[last unloaded:.*/s, "");
  set(fields, "modules", list.trim());
}

/** `#PF: supervisor write access in kernel mode`, `#PF: error_code(0x0002) - not-present page` */
function readPageFault(line: string, fields: Fields): void {
  const access = /^#PF: (user|supervisor) (read|write|instruction)/.exec(line);
  if (access) {
    set(fields, "access", access[2] === "instruction" ? "fetch" : access[2]);
    set(fields, "mode", access[1] === "user" ? "user" : "kernel");
  }
  const code = /^#PF: error_code\(0x([0-9a-f]{1,8})\)/.exec(line)?.[1];
  if (code === undefined || "error" in fields) return;
  fields.error = Number.parseInt(code, 16);
  fields.present = (Number.parseInt(code, 16) & 1) === 1;
}

/** `Read of size 8 at addr ffff888004a3c018 by task demo_app/512` */
function readAccess(line: string, fields: Fields): void {
  const found =
    /^(Read|Write) of size (\d{1,9})(?: at addr ([0-9a-f]{8,16}))? by (?:task )?(.{1,64})\/(-?\d{1,10})\s*$/.exec(
      line,
    );
  if (!found) return;
  set(fields, "access", found[1] === "Read" ? "read" : "write");
  set(fields, "size", Number(found[2]));
  if (found[3] !== undefined) set(fields, "address", canonicalAddress(found[3]));
  set(fields, "process", found[4]);
  set(fields, "pid", Number(found[5]));
}
