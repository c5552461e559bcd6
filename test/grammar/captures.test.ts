import { expect, test } from "vitest";
import { session, sessionsOf, versions } from "./captures";
import { type Coloured, colour, textOf } from "./colour";

const NAMES = ["entity.name.function", "comment.other.unknown-function", "keyword.control.handler"];

const nameOf = (line: Coloured) =>
  NAMES.map((scope) => textOf(line, scope)).find((name) => name !== undefined);

const balanced = (name: string, open: string, close: string) =>
  name.split(open).length === name.split(close).length;

/** A function's name is whole when an argument list or nothing follows it and no bracket of it stays open. */
function isWhole(line: string, name: string): boolean {
  const rest = line.slice(line.indexOf(name) + name.length);
  return /^ \(|^$/.test(rest) && balanced(name, "(", ")") && balanced(name, "{", "}");
}

const isFrame = ({ line }: Coloured) => /^(?:\(gdb\) )*#\d+ /.test(line);

function showsItsFunction(frame: Coloured): boolean {
  const name = nameOf(frame);
  return name !== undefined && isWhole(frame.line, name);
}

test.each(versions)("every frame that gdb %s printed shows its function, whole", (version) => {
  const frames = sessionsOf(version).flatMap((path) => colour(session(path)).filter(isFrame));
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.filter((frame) => !showsItsFunction(frame)).map(({ line }) => line)).toEqual([]);
});

/** Everything in a session that has the colour, in order and without repetitions that follow each other. */
const shown = (path: string, scope: string) =>
  colour(session(path))
    .flatMap((line) => textOf(line, scope) ?? [])
    .filter((text, i, all) => text !== all[i - 1])
    .join(" | ");

test("a core session shows its threads and the signal that ended it", () => {
  expect(shown("13.1/mt-core.txt", "entity.name.section.thread")).toBe(
    "Thread 4 | Thread 3 | Thread 2 | Thread 1",
  );
  expect(shown("13.1/mt-core.txt", "keyword.control.signal")).toBe("SIGSEGV");
});

test("the instructions around the crash show what they do", () => {
  expect(shown("13.1/mt-core.txt", "keyword.mnemonic")).toBe(
    "movzbl | add | mov | addq | mov | cmp | jb",
  );
});

test("a session on a terminal shows what was typed", () => {
  expect(shown("13.1/terminal-session.txt", "keyword.other.command")).toBe(
    "set height | set width | run | bt | p | frame | p | up | p | info | x/3i | info | quit",
  );
});

test("a trace wrapped by a web page shows each library, also on a line of its own", () => {
  expect(shown("6.8/apache-apc.txt", "entity.name.namespace.library")).toBe(
    "/lib64/libpthread.so.0 | /etc/httpd/modules/libphp5.so | /usr/sbin/httpd",
  );
});

test("a trace wrapped by a web page shows each source file, also on a line of its own", () => {
  const apc = "/usr/local/src/php-5.3.3/APC-3.1.4";
  expect(shown("6.8/apache-apc.txt", "string.unquoted.file")).toBe(
    `${apc}/apc_pthreadmutex.c | ${apc}/apc_cache.c | ${apc}/apc_main.c`,
  );
});
