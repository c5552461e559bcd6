import { describe, expect, test } from "vitest";
import { waitCycle } from "../../../server/src/find/waitCycle";
import { log } from "../fixture";
import { badSpans, evidenceLines, found } from "./findings";
import { kept } from "./sources";

const mutexes = kept("gdb/13.1/mutexes-terminal.txt");
const deadlock = kept("gdb/13.1/deadlock-attach.txt");

describe("two threads with two locks", () => {
  test("wait for each other, as the printed owners prove", () => {
    const [finding, ...others] = found(waitCycle, mutexes);
    expect(others).toEqual([]);
    expect(finding?.values).toEqual({
      ...{ pid: 11975, lwp: 11981, lock: "0x5584b05c90a0", holder: 11980 },
      length: 2,
      cycle: [
        { pid: 11975, lwp: 11981, lock: "0x5584b05c90a0", holder: 11980 },
        { pid: 11975, lwp: 11980, lock: "0x5584b05c90e0", holder: 11981 },
      ],
    });
    expect(finding?.summary).toBe(
      "2 threads wait for each other in a circle: 11981 waits for 0x5584b05c90a0, held by 11980; 11980 waits for 0x5584b05c90e0, held by 11981",
    );
    expect(badSpans([finding!])).toEqual([]);
    expect(evidenceLines(finding).map((line) => line.slice(0, 3))).toEqual([
      "#2 ",
      "#2 ",
      "$1 ",
      "$5 ",
    ]);
  });

  test("are no proven circle with the owner of one lock only", () => {
    expect(found(waitCycle, deadlock)).toEqual([]);
    expect(found(waitCycle, mutexes.slice(0, mutexes.indexOf("(gdb) thread 2")))).toEqual([]);
  });

  test("are a circle once both locks were asked for by name, however the page wrapped the answers", () => {
    const session = `${deadlock}${log`
      (gdb) p lock_a
      $3 = {__data = {__lock = 2, __count = 0, __own
      er = 8428, __nusers = 1, __kind = 0}}
      (gdb) p lock_b.__data.__owner
      $4 = 8429
    `}`;
    expect(found(waitCycle, session).map(({ values }) => values)).toMatchObject([
      {
        length: 2,
        cycle: [
          { pid: 8426, lwp: 8429, lock: "0x55ce1f23a060", holder: 8428 },
          { pid: 8426, lwp: 8428, lock: "0x55ce1f23a0a0", holder: 8429 },
        ],
      },
    ]);
    const quoted = session.replace(/^/gm, "> ");
    expect(found(waitCycle, quoted).map(({ values }) => values.length)).toEqual([2]);
  });
});

const waiting = (pid: number, lock: string, owner: number | null, shared: boolean) => log`
  === pid ${String(pid)} ===
  #0  futex_wait (private=${shared ? "128" : "0"}, expected=2, futex_word=${lock}) at futex.h:146
  #1  __GI___lll_lock_wait (futex=${lock}, private=${shared ? "128" : "0"}) at l.c:49
  #2  ___pthread_mutex_lock (mutex=${lock}) at pthread_mutex_lock.c:93
  #3  0x000055e1f1b541de in work (job=0x1) at w.c:9
  #4  0x000055e1f1b54313 in main () at w.c:19
  ${owner === null ? "" : `(gdb) p ((pthread_mutex_t *)${lock})->__data.__owner\n$1 = ${owner}`}
`;

describe("processes with locks in shared memory", () => {
  test("make circles of any length, and those who only queue there are not part of it", () => {
    const text = [
      waiting(71, "0xa000", 72, true),
      waiting(72, "0xb000", 73, true),
      waiting(73, "0xc000", 71, true),
      waiting(74, "0xa000", null, true),
    ].join("\n");
    const [finding, ...others] = found(waitCycle, text);
    expect(others).toEqual([]);
    expect(finding?.values.cycle).toEqual([
      { pid: 71, lwp: 71, lock: "0xa000", holder: 72 },
      { pid: 72, lwp: 72, lock: "0xb000", holder: 73 },
      { pid: 73, lwp: 73, lock: "0xc000", holder: 71 },
    ]);
  });

  test("make a circle of a thousand as well, with a bounded number of places", () => {
    const next = (i: number) => 1000 + ((i + 1) % 1000);
    const ring = Array.from({ length: 1000 }, (_, i) =>
      waiting(1000 + i, `0x${(0xa0000 + 64 * i).toString(16)}`, next(i), true),
    );
    const [finding, ...others] = found(waitCycle, ring.join("\n"));
    expect(others).toEqual([]);
    expect(finding?.values.length).toBe(1000);
    expect(finding?.evidence.length).toBe(50);
    expect(finding?.summary).toMatch(/^1000 threads wait for each other .*, and so on$/);
  });

  test("connect texts that are looked at together", () => {
    const texts = [waiting(71, "0xa000", 72, true), waiting(72, "0xb000", 71, true)];
    expect(found(waitCycle, ...texts).map(({ values }) => values.length)).toEqual([2]);
    expect(found(waitCycle, texts[0]!)).toEqual([]);
  });

  test("make no circle of locks that each process has for itself at the same address", () => {
    const text = [waiting(71, "0xa000", 72, false), waiting(72, "0xb000", 71, false)].join("\n");
    expect(found(waitCycle, text)).toEqual([]);
  });
});

test("a thread that waits for its own lock is a circle of one", () => {
  const [finding] = found(waitCycle, waiting(71, "0xa000", 71, false));
  expect(finding?.values).toMatchObject({
    length: 1,
    cycle: [{ pid: 71, lwp: 71, lock: "0xa000", holder: 71 }],
  });
  expect(finding?.summary).toBe("Thread 71 waits for 0xa000, which it holds itself");
});
