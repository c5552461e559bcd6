import type { Program } from "./gdb";

/** A program in a situation, and how gdb comes to look at it. */
export interface Case {
  readonly name: string;
  readonly program: Program;
  readonly args?: readonly string[];
  /**
   * `crash`: run in gdb until it ends, asked in its core; `core`: the text is the core's, too; `attach`: attached to
   * while it waits; `bare`: the core without its program.
   */
  readonly how: "crash" | "core" | "attach" | "bare";
  /** Threads that never sleep. */
  readonly busy?: "all" | "others";
  /** What stands in the text before gdb's own. */
  readonly before?: string;
  /** Arguments for gdb in front of everything. */
  readonly settings?: readonly string[];
  /** Commands that give the text. */
  readonly look?: readonly string[];
  /** The core that gdb is asked about, made of the one that it wrote. */
  readonly core?: "cut";
  /** Another program than the core's. */
  readonly wrong?: Program;
  /** Suggested shell commands that begin like this are run, too. */
  readonly shell?: string;
  /** Situations that must be recognised, now or after answers. */
  readonly shows: readonly string[];
  /** The first command offered, with numbers and addresses as N. */
  readonly first?: string;
}

const crash = (mode: string, ...shows: string[]): Case => ({
  name: mode,
  program: { source: "gdb/src/crash.c" },
  args: [mode],
  how: "crash",
  shows,
});

const waits = (mode: string, ...shows: string[]): Case => ({
  name: mode,
  program: { source: "gdb/src/waits.c" },
  args: [mode],
  how: "attach",
  look: ["thread apply all bt"],
  shows,
});

const ends = (mode: string, ...shows: string[]): Case => ({
  name: mode,
  program: { source: "gdb/src/ends.cpp" },
  args: [mode],
  how: "crash",
  shows,
});

const server = (mode: string, ...shows: string[]): Case => ({
  name: mode,
  program: { source: "gdb/src/servers.c" },
  args: [mode],
  how: "crash",
  shows,
});

const source = (name: string) => `fixtures/gdb/src/${name}`;
const NO_LIBC = ["-iex", "set debug-file-directory /nonexistent"];
const NOTHING_CHECKED = ["-g", "-O0", "-pthread", "-w", "-fno-stack-protector"];

export const CASES: readonly Case[] = [
  {
    ...crash("null", "null-pointer", "fault-address-unknown"),
    first: "p $_siginfo._sifields._sigfault.si_addr",
  },
  crash("wild", "wild-pointer"),
  crash("jump", "jump-to-nowhere", "frames-without-names"),
  {
    ...crash("page", "copy-routine-fault", "ran-off-mapping"),
    program: { source: "gdb/src/crash.c", flags: ["-g", "-O0", "-pthread", "-w", "-fno-builtin"] },
  },
  { ...crash("fpe", "sigfpe"), first: "x/i $pc" },
  { ...crash("ill", "sigill"), first: "x/i $pc" },
  { ...crash("probe", "sigill-probe"), first: "handle SIGILL nostop noprint pass" },
  { ...crash("bus", "sigbus"), first: "p $_siginfo.si_code" },
  { ...crash("term", "signal-sender"), first: "p $_siginfo._sifields._kill.si_pid" },
  {
    ...crash("smash", "stack-smashing"),
    program: {
      source: "gdb/src/crash.c",
      flags: ["-g", "-O0", "-pthread", "-w", "-fstack-protector-all"],
    },
    first: "frame N",
  },
  {
    ...crash("fortify", "fortify-overflow"),
    program: {
      source: "gdb/src/crash.c",
      flags: ["-g", "-O2", "-pthread", "-w", "-D_FORTIFY_SOURCE=2"],
    },
    first: "frame N",
  },
  { ...crash("heap", "heap-freed-block", "heap-caller", "heap-rerun") },
  { ...crash("abort", "abort-called"), first: "frame N" },
  {
    ...crash("heap", "abort-message"),
    name: "heap, its message unseen",
    settings: [
      "-iex",
      "set print frame-arguments none",
      "-ex",
      "set environment LIBC_FATAL_STDERR_=0",
      "-ex",
      "tty /dev/null",
    ],
    first: "p (char *)__abort_msg->msg",
  },
  ends("throw", "uncaught-exception"),
  ends("thread", "thread-not-joined", "terminate"),
  ends("pure", "pure-virtual"),
  ends("object", "null-object"),
  server("httpd", "httpd-request"),
  server("haproxy", "haproxy-stream"),
  server("lua", "lua-frames"),
  server("java", "java-frames"),
  {
    name: "double free",
    program: { source: source("dfree.c") },
    how: "crash",
    shows: ["heap-caller"],
  },
  {
    name: "assertion",
    program: { source: source("assertfail.c") },
    how: "crash",
    shows: ["assertion"],
    first: "frame N",
  },
  {
    name: "stack overflow",
    program: { source: source("recurse.c") },
    how: "crash",
    look: ["bt 8"],
    shows: ["stack-overflow"],
    first: "p (long)$sp-(long)$_siginfo._sifields._sigfault.si_addr",
  },
  {
    name: "recursion that is still well",
    program: { source: source("recurse.c") },
    how: "crash",
    settings: ["-ex", "break descend if d.level == 30"],
    look: ["bt"],
    shows: ["recursion"],
    first: "bt -N",
  },
  {
    name: "signal handler",
    program: { source: source("sighandler.c") },
    how: "crash",
    settings: ["-ex", "handle SIGALRM nostop noprint pass"],
    shows: ["crash-in-handler"],
  },
  {
    name: "destroyed return address",
    program: { source: source("smash.c"), flags: NOTHING_CHECKED },
    how: "crash",
    shows: ["frames-without-names"],
  },
  {
    name: "optimised values",
    program: { source: source("optimized.c"), flags: ["-g", "-O2"] },
    how: "crash",
    look: ["bt", "info locals", "p i", "frame 1", "p unused", "info locals"],
    shows: ["optimized-out", "optimized-out-answer"],
  },
  {
    name: "stripped",
    program: { source: source("nullderef.c"), strip: true },
    how: "crash",
    shows: ["frames-without-names", "copy-routine-fault"],
  },
  {
    name: "no symbols at all",
    program: { source: source("nullderef.c"), strip: true },
    how: "core",
    settings: NO_LIBC,
    shows: ["symbols-elsewhere", "core-first-look"],
  },
  {
    name: "no symbols, on Debian",
    program: { source: source("nullderef.c"), strip: true },
    how: "crash",
    settings: NO_LIBC,
    before: "GNU gdb (Debian 13.1-3) 13.1\n",
    shows: ["symbols-debian"],
  },
  {
    name: "download offered",
    program: { source: "gdb/src/gone.c" },
    how: "crash",
    before:
      "This GDB supports auto-downloading debuginfo from the following URLs:\n  <http://127.0.0.1:1>\nEnable debuginfod for this session? (y or [n]) [answered N; input not from terminal]\n",
    shows: ["debuginfod-offered", "source-missing"],
  },
  {
    name: "core",
    program: { source: source("mt.c") },
    how: "core",
    shows: ["core-first-look", "crash-first-look"],
  },
  {
    name: "core without program",
    program: { source: source("mt.c") },
    how: "bare",
    shows: ["core-without-program"],
  },
  {
    name: "core of another program",
    program: { source: source("mt.c") },
    wrong: { source: source("dfree.c") },
    how: "core",
    shows: ["core-executable-mismatch"],
    first: "info auxv",
  },
  {
    name: "cut core",
    program: { source: source("mt.c") },
    how: "core",
    core: "cut",
    shows: ["core-truncated"],
    first: "info registers",
  },
  {
    name: "core without its libraries",
    program: { source: source("dfree.c") },
    how: "core",
    settings: ["-iex", "set sysroot /nonexistent"],
    shows: ["core-libraries"],
  },
  {
    name: "deadlock",
    program: { source: source("deadlock.c") },
    how: "attach",
    look: ["thread apply all bt"],
    shows: ["mutex-wait", "lock-cycle", "thread-join-wait"],
    first: "p ((pthread_mutex_t *)N)->__data.__owner",
  },
  {
    name: "deadlock, without the C library's symbols",
    program: { source: source("deadlock.c"), flags: ["-O0", "-pthread"] },
    how: "attach",
    settings: NO_LIBC,
    look: ["bt"],
    shows: ["lock-without-address"],
  },
  {
    name: "deadlock in C++",
    program: { source: source("mutexes.cpp") },
    how: "attach",
    look: ["thread apply all bt"],
    shows: ["cxx-mutex-wait"],
  },
  {
    name: "malloc in a signal handler",
    program: { source: source("reenter.c") },
    how: "attach",
    look: ["bt"],
    busy: "others",
    shows: ["lock-in-signal-handler"],
  },
  {
    ...waits("orphan", "lock-owner-elsewhere", "lock-owner-gone", "one-thread-of-many"),
    look: ["bt"],
    shell: "gdb ",
  },
  waits("nobody", "lock-owner-nobody"),
  { ...waits("rwlock", "rwlock-wait"), first: "p ((pthread_rwlock_t *)N)->__data.__cur_writer" },
  { ...waits("held", "mutex-wait", "lock-owner-here") },
  { ...waits("join", "thread-join-wait") },
  { ...waits("condition", "condition-wait") },
  { ...waits("semaphore", "posix-semaphore-wait") },
  { ...waits("array", "sysv-semaphore-wait"), look: ["bt"] },
  { ...waits("child", "waits-for-child"), look: ["bt"] },
  { ...waits("file", "file-lock-wait"), args: ["file", "waits.lock"] },
  { ...waits("spin", "spinning", "live-first-look"), busy: "all", look: ["bt"] },
  { ...waits("read", "waits-for-io", "live-first-look"), look: ["bt"] },
  {
    ...waits("keys", "thread-keys-exhausted"),
    look: ["bt"],
    before: `${"[Mon Mar 04 06:25:01.000000 2019] [mpm_prefork:notice] [pid 900] AH00171: Graceful restart requested, doing restart\n".repeat(40)}libgomp: could not create thread pool destructor.\n`,
  },
];

/** Commands of gdb that are not run here, alone or as a situation's, and why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "py-bt": "needs CPython with debug information and its python-gdb.py",
  zbacktrace: "needs PHP with debug information and its .gdbinit",
  "p (char *)executor_globals.active_op_array.filename": "needs PHP 5 with debug information",
  "call (void)rb_backtrace()": "needs a Ruby process",
  "p *PL_curcop": "needs Perl with debug information",
  "info goroutines": "needs a Go program and runtime-gdb.py",
  "mutex-stale-arguments: frame ${staleFrame}": "only some compilers leave old arguments behind",
  "rust-mutex-wait: frame ${frame}": "needs a Rust compiler",
  "rust-mutex-wait: thread apply all bt": "needs a Rust compiler",
  "rust-panic: frame ${frame}": "needs a Rust compiler",
  "rust-panic: frame apply level ${frame} -q info locals": "needs a Rust compiler",
};

/** Why a command of a situation is not run; undefined where it is. */
export const notRun = (situation: string, command: string): string | undefined =>
  NOT_RUN[command] ?? NOT_RUN[`${situation}: ${command}`];
