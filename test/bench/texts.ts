import { readFileSync } from "node:fs";
import { copies } from "./copies";

/** About `size` characters of a fleet's backtraces, as gdb wrote them. */
export const cleanFleet = (size: number): string => repeated("examples/backtraces.save", size);

/** The same, quoted by a mailer and wrapped at 76 columns. */
export function damagedFleet(size: number): string {
  const one = linesOf("examples/backtraces.save").flatMap(wrapAtBlanks);
  return fill(`${one.map((line) => `> ${line}`).join("\n")}\n`, size);
}

/** The same as a service's output in syslog. */
export function prefixedFleet(size: number): string {
  const one = linesOf("examples/backtraces.save");
  return fill(`${one.map((line) => `Nov 20 21:37:44 web1 gdb[7]: ${line}`).join("\n")}\n`, size);
}

/** The same, cut by a terminal at 80 columns. */
export function cutFleet(size: number): string {
  const one = linesOf("examples/backtraces.save").flatMap((line) => line.match(/.{1,80}/g) ?? [""]);
  return fill(`${one.join("\n")}\n`, size);
}

/** `bt full` of all threads, again and again. */
export const fullBacktraces = (size: number): string =>
  repeated("test/fixtures/gdb/13.1/mt-run.txt", size);

/** gdb attached to a process, and `thread apply all bt`: what pt-pmp asks gdb for. */
export function threads(size: number): string {
  const session = fixture("test/fixtures/gdb/13.1/deadlock-attach.txt");
  const asked = session.slice(0, session.indexOf("[Switching to thread"));
  return fill(asked.replace(/^(?: {2}Id|[* ] \d).*\n/gm, ""), size);
}

/** Apache's error log. */
export const apacheLog = (size: number): string =>
  repeated("test/fixtures/apache/event-2.4.71.error.log", size);

/** lighttpd's error log. */
export const lighttpdLog = (size: number): string =>
  repeated("test/fixtures/lighttpd/error-1.4.69-debian12.log", size);

/** The kernel's messages with little but crashes in them, as dmesg prints them. */
export function kernelLog(size: number): string {
  const names = ["dmesg-oom-memcg", "dmesg-segfaults"];
  return fill(names.map((name) => fixture(`test/fixtures/kernel/${name}.txt`)).join(""), size);
}

/** The same as rsyslog keeps them. */
export function kernelSyslog(size: number): string {
  const one = kernelLog(0).trimEnd().split("\n");
  return fill(`${one.map((line) => `Nov 20 21:37:44 web1 kernel: ${line}`).join("\n")}\n`, size);
}

const fixture = (path: string): string => readFileSync(path, "utf8");

const linesOf = (path: string): string[] => fixture(path).split("\n");

const repeated = (path: string, size: number): string => fill(fixture(path), size);

/** The text so often that it is at least `size` long; once at least. */
const fill = (one: string, size: number): string =>
  copies(one, Math.max(1, Math.ceil(size / one.length)));

function wrapAtBlanks(line: string): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > 76) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
