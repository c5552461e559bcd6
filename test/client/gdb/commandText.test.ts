import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../client/src/gdb/commandText";

test.each([
  "bt",
  "bt full",
  "bt -6",
  "thread apply all bt",
  "thread apply all -s -q frame function apc_lck_lock",
  "thread apply 2-5 1.* bt full",
  "taas info locals",
  "tfaas -s p lock",
  "frame apply 3 p $rip",
  "frame apply all -q p n",
  "thread find 8429",
  "thread 3",
  "frame 4",
  "frame function main",
  "p *(pthread_mutex_t *)0x7f2981ef6088",
  "p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__kind & 128",
  "p/x (long)$sp-(long)$_siginfo._sifields._sigfault.si_addr",
  "p (char *)__abort_msg->msg",
  'p "a; b"',
  "p a | b",
  "x/40ga $sp",
  "x/6dw 0x7f2981ef6088",
  "x/i $pc",
  "info sharedlibrary",
  "info symbol 0x4008fe",
  "info line *0x4008fe",
  "info os semaphores",
  "disassemble /s $pc,+40",
  "list *(FUNC+0x10)",
  "set print pretty on",
  "set $i = 0",
  "set substitute-path /old /new",
  "show version",
  'printf "%d\\n", 4',
  "with print pretty on -- p *lock",
  "with print elements 20 -- thread apply all bt",
  "symbol-file /usr/lib/debug/httpd.debug",
  "py-bt",
  "zbacktrace",
])("%s is sent, and answered", (command) => {
  expect(refusal(command, "terminal")).toBeNull();
  expect(refusal(command, "batch")).toBeNull();
});

test.each([
  "continue",
  "watch -l total",
  "handle SIGTERM stop print nopass",
  "catch throw",
  "detach",
  "generate-core-file",
  "break main",
  "call (void)rb_backtrace()",
  "thread apply all finish",
])("%s needs a gdb that stays", (command) => {
  expect(refusal(command, "terminal")).toBeNull();
  expect(refusal(command, "batch")).toContain("needs a gdb that stays");
});

const OUTSIDE = [
  "shell id",
  "!id",
  "! id",
  "|bt | id",
  "| bt | id",
  "pipe bt | id",
  "make",
  "python import os",
  "python-interactive 1",
  "py print(1)",
  "pi",
  "guile 1",
  "gu 1",
  "gr",
  "source /tmp/x",
  "define bt",
  "define-prefix bt",
  "document bt",
  "commands",
  "compile code 1",
  'eval "shell id"',
  "alias x = shell",
  "with print pretty on -- shell id",
  "with print pretty on -- with language c -- !id",
  "with auto-load safe-path / -- bt",
  "with print pretty on",
  "with",
  "target remote | id",
  "run",
  "start",
  "thread apply all shell id",
  "thread apply all -q -s !id",
  "thread apply 1 2-3 | bt | id",
  "t a 1 python 1",
  "frame apply all shell id",
  "frame apply level 1-2 shell id",
  "f apply 3 shell id",
  "taas shell id",
  "tfaas -s -q shell id",
  "faas !id",
  "thread apply all frame apply all taas shell id",
  'p $_shell("id")',
  'x/s $_shell( "id")',
  'p system("id")',
  'p (int)system ("id")',
  'p ((int(*)(char *))system)("id")',
  'call (int)execl("/bin/sh", "sh", 0)',
  'p dlopen("/tmp/x.so", 2)',
  'break main if system("id")',
  'printf "%d", popen("id", "r")',
  "kill",
];

test.each(OUTSIDE)("%s never leaves gdb", (command) => {
  expect(refusal(command, "terminal")).toMatch(/could leave gdb|is none of the commands/);
  expect(refusal(command, "batch")).toMatch(/could leave gdb|is none of the commands/);
});

describe("what gdb would understand by an abbreviation, or by a name of the user's", () => {
  test.each([
    "she id",
    "pyth 1",
    "sou x",
    "mak",
    "SHELL id",
    "thread apply-all bt",
    "maintenance x",
    "dump",
  ])("%s is none of the known commands", (command) =>
    expect(refusal(command, "terminal")).toContain("is none of the commands"),
  );
});

test.each([
  "set var total = 0",
  "set total = 0",
  "set auto-load safe-path /",
  "set logging file /etc/passwd",
  "set logging enabled on",
  "set exec-wrapper id",
  "set prompt x",
  "set debug-file-directory /tmp",
  "set",
])("%s changes more than what is printed", (command) => {
  expect(refusal(command, "batch")).toContain("is none of the commands");
});

test.each([
  "bt\nshell id",
  "bt\r",
  "bt\tfull",
  "bt\u0000",
  "\u001b[A",
  "bt\u2028id",
  "bt \u202e",
  "bt\u0085",
])("%j holds what nobody sees", (command) =>
  expect(refusal(command, "terminal")).toContain("cannot be seen"),
);

test("an empty line would repeat the command before, and is not sent", () => {
  expect(refusal("", "terminal")).toContain("no command");
  expect(refusal("   ", "terminal")).toContain("no command");
});

test("a command that is longer than anybody types is not sent", () => {
  expect(refusal(`p ${"1+".repeat(600)}1`, "terminal")).toContain("too long");
});

test("whatever stands around it, a command that leaves gdb is never the first or an inner one", () => {
  const before = fc.constantFrom(
    "",
    " ",
    "thread apply all ",
    "taas ",
    "t a 1 -q ",
    "frame apply 2 ",
  );
  const leaving = fc.constantFrom("shell", "!", "|", "pipe", "python", "source", "make", "define");
  const around = fc.array(before, { maxLength: 6 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(around, leaving, fc.string({ maxLength: 20 }), (start, word, rest) => {
      expect(refusal(`${start}${word} ${rest}`, "terminal")).not.toBeNull();
      expect(refusal(`${start}${word}${rest}`, "batch")).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});
