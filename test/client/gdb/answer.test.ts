import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answersOf } from "../../../client/src/gdb/answer";
import { processOf } from "../../../client/src/gdb/processes";
import { gdbRunner } from "../../../client/src/gdb/run";
import type { Target } from "../../../client/src/gdb/target";
import { transcript } from "../../../client/src/gdb/transcript";
import { read } from "../../../server/src/read/read";
import { log } from "../../server/fixture";
import { inDeadlock, isStopped, isTraced, Workbench } from "./programs";

const bench = new Workbench();
let target: Target;
let pid: number;
let core: Target;

beforeAll(async () => {
  const program = bench.build("deadlock");
  pid = bench.start(program).pid;
  await inDeadlock(pid);
  target = processOf(pid) as Target;
  core = { kind: "core", core: bench.coreOf(pid), executable: program };
});
afterAll(() => bench.clear());

const how = () => ({
  run: gdbRunner("gdb"),
  machine: { ptraceScope: () => null },
  stop: new AbortController().signal,
});

async function asked(of: Target, ...commands: string[]): Promise<string[]> {
  const answered = await answersOf(of, commands, how());
  if ("trouble" in answered) return [answered.trouble];
  expect(answered.exchanges.map(({ command }) => command)).toEqual(commands);
  return answered.exchanges.map(({ answer }) => answer.trim());
}

describe("a real gdb that is asked one command", () => {
  test("gives its answer, and nothing of what it says around it", async () => {
    const [answer] = await asked(target, "info symbol main");
    expect(answer).toMatch(/^main in section \.text\b.*$/);
    expect(await asked(core, "p lock_a.__data.__lock")).toEqual(["$1 = 2"]);
  });

  test("first goes to the thread and frame that are meant", async () => {
    const worker = "frame function take_both";
    const answers = await asked(core, "thread 2", worker, "p amount");
    expect(answers[0]).toContain("[Switching to thread 2");
    expect(answers[1]).toMatch(/^#\d+ .* in take_both/);
    expect(answers[2]).toMatch(/^\$1 = [12]$/);
  });

  test("says what is wrong with a command", async () => {
    expect(await asked(core, "p nobody")).toEqual(['No symbol "nobody" in current context.']);
    expect(await asked(core, "p nobody", "p 1+1")).toEqual([
      'No symbol "nobody" in current context.',
      "$1 = 2",
    ]);
  });

  test("only looks: it calls nothing and changes nothing", async () => {
    const [called, written, kept] = await asked(
      target,
      "p (int)getpid()",
      "p shared_total = 7",
      "p shared_total",
    );
    expect(called).toContain("may-call-functions is off");
    expect(written).toContain("not allowed");
    expect(kept).toMatch(/= 0$/);
    expect(isTraced(pid)).toBe(false);
    expect(isStopped(pid)).toBe(false);
  });

  test("answers nothing about a process that has ended", async () => {
    const gone = { ...target, started: "1" } as Target;
    expect((await asked(gone, "bt"))[0]).toContain("has ended");
  });

  test("answers nothing about a core that is none", async () => {
    const none: Target = { kind: "core", core: bench.write("core.2", "x"), executable: null };
    expect((await asked(none, "bt"))[0]).toContain("is not a core file");
  });
});

describe("the answer behind the text", () => {
  const exchanges = [{ command: "p amount", answer: "$1 = 2\n" }];
  const added = (text: string, of: Target = core) => text + transcript(text, of, exchanges);

  test("uses the prompt that waits, and leaves one", () => {
    expect(added("(gdb) frame 4\n#4  main ()\n(gdb) ")).toBe(
      "(gdb) frame 4\n#4  main ()\n(gdb) p amount\n$1 = 2\n(gdb) ",
    );
    expect(added("(gdb)")).toBe("(gdb) p amount\n$1 = 2\n(gdb) ");
  });

  test("begins a line of its own", () => {
    expect(added("#0  main ()\n")).toBe("#0  main ()\n(gdb) p amount\n$1 = 2\n(gdb) ");
    expect(added("#0  main ()")).toBe("#0  main ()\n(gdb) p amount\n$1 = 2\n(gdb) ");
    expect(added("")).toBe("(gdb) p amount\n$1 = 2\n(gdb) ");
  });

  const of = (id: number): Target => ({ kind: "process", pid: id, name: null, started: null });
  const two = log`
    === pid 311 ===
    #0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
    === pid 312 ===
    #0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
  `;

  test("is told apart from a process that it is not about", () => {
    expect(transcript(two, of(312), exchanges)).toBe("(gdb) p amount\n$1 = 2\n(gdb) ");
    expect(transcript(two, of(311), exchanges)).toBe(
      "\n=== pid 311 ===\n(gdb) p amount\n$1 = 2\n(gdb) ",
    );
    const last = read(added(two, of(311))).processes.at(-1);
    expect(last?.pid).toBe(311);
  });

  test("is read at once: a real stack that is asked for has its frames", async () => {
    const answered = await answersOf(core, ["thread apply all bt"], how());
    const text = transcript("", core, "exchanges" in answered ? answered.exchanges : []);
    const reading = read(text);
    expect(reading.prompts).toHaveLength(2);
    expect(reading.processes[0]?.threads).toHaveLength(3);
  });
});
