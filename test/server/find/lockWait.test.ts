import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Finding } from "../../../server/src/find/finding";
import { lockWait } from "../../../server/src/find/lockWait";
import { Frame } from "../../../server/src/read/frame";
import { log } from "../fixture";
import { badSpans, evidenceLines, found, picked } from "./findings";
import { kept } from "./sources";

const apc = kept("gdb/6.8/apache-apc.txt");
const locks = kept("gdb/13.1/locks.txt");
const ownerTerminal = kept("gdb/13.1/locks-owner-terminal.txt");
const writerTerminal = kept("gdb/13.1/locks-writer-terminal.txt");
const mutexes = kept("gdb/13.1/mutexes-terminal.txt");

const of = (findings: readonly Finding[], lock: string | null) =>
  findings.find(({ values }) => values.lock === lock);

describe("an Apache child in APC's lock", () => {
  test("tells the lock, where it stands, and which arguments not to believe", () => {
    const [finding, ...others] = found(lockWait, apc);
    expect(others).toEqual([]);
    expect(finding?.values).toEqual({
      lock: "0x7f2981ef6088",
      lockKind: "mutex",
      lockType: "pthread_mutex_t",
      lockName: null,
      function: "apc_pthreadmutex_lock",
      caller: "apc_cache_find_slot",
      sharedMemory: true,
      frame: 3,
      waiters: 1,
      processes: 1,
      ofThreads: 1,
      ofProcesses: 1,
      pid: 311,
      lwp: 311,
      idle: false,
      holder: null,
      holderBy: null,
      holderCaptured: null,
      holderState: null,
      ownerAsked: false,
      owner: null,
      owners: [],
      lockWord: null,
      robust: null,
      staleArguments: true,
      staleFrame: 5,
    });
    expect(evidenceLines(finding).map((line) => line.slice(0, 50))).toEqual([
      "#3  0x00007f299a342969 in apc_pthreadmutex_lock (l",
      "#5  0x00007f299a33d444 in apc_cache_find (cache=0x",
    ]);
  });

  test("is read the same where a mail quoted it", () => {
    const quoted = apc.replace(/^/gm, "> ");
    expect(picked(found(lockWait, quoted), "lock", "frame", "staleFrame", "pid")).toEqual([
      { lock: "0x7f2981ef6088", frame: 3, staleFrame: 5, pid: 311 },
    ]);
  });

  test("shares its lock with the other children, while two only queue for the accept mutex", () => {
    const text = readFileSync("examples/backtraces.save", "utf8");
    const names = ["lock", "function", "waiters", "processes", "ofProcesses", "idle"];
    expect(picked(found(lockWait, text), ...names)).toEqual([
      {
        lock: "0x2af1d81f6088",
        function: "apc_pthreadmutex_lock",
        waiters: 7,
        processes: 7,
        ofProcesses: 12,
        idle: false,
      },
      { lock: null, function: "semop", waiters: 2, processes: 2, ofProcesses: 12, idle: true },
    ]);
  });
});

describe("processes that wait for locks of every kind", () => {
  const findings = found(lockWait, locks);

  test("are told apart by kind, with the type for a cast", () => {
    const names = ["lock", "lockKind", "lockType", "waiters", "frame", "sharedMemory"];
    expect(picked(findings, ...names).map((values) => Object.values(values))).toEqual([
      ["0x7f25995bf000", "mutex", "pthread_mutex_t", 2, 2, true],
      ["0x7f25995bf028", "rwlock", "pthread_rwlock_t", 1, 2, null],
      ["0x7f25995bf060", "semaphore", "sem_t", 1, 2, null],
      [null, "file-lock", null, 1, null, true],
      ["3", "file-lock", null, 1, 0, true],
      ["0x555e8fbbf120", "condition", "pthread_cond_t", 1, 3, false],
    ]);
  });

  test("are named in plain words", () => {
    expect(findings.map(({ summary }) => summary)).toEqual([
      "2 of 9 threads, in 2 processes, wait for the mutex 0x7f25995bf000 in cache_lock",
      "1 of 9 threads waits for the rwlock 0x7f25995bf028 in table_read",
      "1 of 9 threads waits for the semaphore 0x7f25995bf060 in slot_take",
      "1 of 9 threads waits for a file lock in flock",
      "1 of 9 threads waits for the file lock on descriptor 3 in fcntl64",
      "1 of 9 threads waits for the condition 0x555e8fbbf120 in queue_pop",
    ]);
  });

  test("are named by the number of a System V semaphore array", () => {
    const [finding] = found(lockWait, kept("gdb/13.1/locks-semaphore.txt"));
    expect(finding?.values).toMatchObject({ lock: "1", lockKind: "semaphore", sharedMemory: true });
    expect(finding?.summary).toBe("1 of 1 thread waits for semaphore array 1 in semtimedop");
  });

  test("do not include the thread that waits for another one to end", () => {
    expect(findings.flatMap(evidenceLines).join("\n")).not.toContain("clockjoin");
  });

  test("are not called stale where a structure begins with its lock", () => {
    expect(locks).toContain("cache_find (cache=0x7f25995bf000");
    expect(picked(findings, "staleArguments")).toEqual(
      Array.from(findings, () => ({ staleArguments: false })),
    );
  });
});

describe("the holder", () => {
  test("is who the answers at the prompt name, however they were asked for", () => {
    const [finding] = found(lockWait, ownerTerminal);
    expect(finding?.values).toMatchObject({
      holder: 11977,
      holderBy: "printed",
      holderCaptured: false,
      holderState: null,
      ownerAsked: true,
      owners: [11977],
      lockWord: 2,
      sharedMemory: true,
      robust: false,
    });
    expect(evidenceLines(finding).map((line) => line.slice(0, 20))).toEqual([
      "#2  0x00007f25994614",
      "$1 = {__data = {__lo",
      "$2 = 11977",
      "0x7f25995bf000:\t2\t0\t",
      "$4 = {__data = {__lo",
      "$5 = 11977",
    ]);
  });

  test.each([
    ["p *(pthread_mutex_t *)", /^\$1 = \{[^$]*?__align = 2\}$/m],
    ["p ((pthread_mutex_t *)", /^\$2 = \d+$/m],
    ["x/6dw ", /^0x7f25995bf000:.*\n.*$/m],
    ["p lock->__data.__owner", /^\$5 = \d+$/m],
  ])("follows from %s alone", (question, answer) => {
    const stack = ownerTerminal.slice(0, ownerTerminal.indexOf("(gdb) p *("));
    const asked = ownerTerminal.split("\n").find((line) => line.startsWith(`(gdb) ${question}`));
    const frame = question.includes("lock->")
      ? "(gdb) frame 4\n#4  0x0000555e8fbbc301 in cache_lock (lock=0x7f25995bf000) at src/locks.c:18\n"
      : "";
    const text = `${stack}${frame}${asked}\n${answer.exec(ownerTerminal)?.[0]}\n(gdb) quit\n`;
    expect(picked(found(lockWait, text), "holder", "holderBy")).toEqual([
      { holder: 11977, holderBy: "printed" },
    ]);
  });

  test("is told by giant words, too", () => {
    const words = "0x7f25995bf000:\t0x0000000000000002\t0x0000000100002ec9\n";
    expect(
      picked(found(lockWait, `${locks}(gdb) x/2gx 0x7f25995bf000\n${words}`), "holder")[0],
    ).toEqual({
      holder: 11977,
    });
  });

  test("is the writer of a rwlock", () => {
    expect(found(lockWait, writerTerminal)[0]?.values).toMatchObject({
      lockKind: "rwlock",
      holder: 11974,
      sharedMemory: true,
      robust: null,
    });
  });

  test("is looked for in the other texts", () => {
    const findings = found(lockWait, locks, ownerTerminal, writerTerminal);
    expect(of(findings, "0x7f25995bf000")?.values).toMatchObject({
      waiters: 3,
      holder: 11977,
      holderCaptured: true,
      holderState: "waiting for a lock (table_read)",
    });
    expect(of(findings, "0x7f25995bf028")?.values).toMatchObject({
      holder: 11974,
      holderCaptured: true,
      holderState: "sleeping",
    });
  });

  test("that has nothing to do left the section without giving the lock back", () => {
    const fleet = readFileSync("examples/backtraces.save", "utf8");
    const asked = log`
      (gdb) p ((pthread_mutex_t *)0x2af1d81f6088)->__data.__owner
      $1 = 320
    `;
    expect(found(lockWait, `${fleet}${asked}`)[0]?.values).toMatchObject({
      waiters: 7,
      holder: 320,
      holderCaptured: true,
      holderState: "idle, waiting for a lock (semop)",
    });
  });

  test("is not looked for in a frame that is no longer selected", () => {
    const stack = ownerTerminal.slice(0, ownerTerminal.indexOf("(gdb) p *("));
    const stop = "#0  0x00007f0000000001 in other (lock=0x9990) at o.c:1";
    const asked = `(gdb) p lock->__data.__owner\n$1 = 77\n`;
    const selected =
      "(gdb) frame 4\n#4  0x0000555e8fbbc301 in cache_lock (lock=0x7f25995bf000) at l.c:18\n";
    const holders = (text: string) => picked(found(lockWait, text), "holder");
    expect(holders(`${stack}${selected}${asked}`)).toEqual([{ holder: 77 }]);
    expect(holders(`${stack}${selected}(gdb) finish\n${stop}\n${asked}`)).toEqual([
      { holder: null },
    ]);
  });

  test("has no state where two texts have different threads of that number", () => {
    const elsewhere = log`
      === pid 11977 ===
      #0  0x00007f0000000001 in other () at o.c:1
      #1  0x00007f0000000002 in main () at o.c:2
    `;
    const [finding] = found(lockWait, ownerTerminal, locks, elsewhere);
    expect(finding?.values).toMatchObject({
      holder: 11977,
      holderCaptured: null,
      holderState: null,
    });
  });

  test("is found in answers that a page wrapped, even inside a number", () => {
    const wrapped = ownerTerminal
      .slice(0, ownerTerminal.indexOf("(gdb) p ((pthread_mutex_t"))
      .replace("__owner = 11977", "__ow\nner = 119\n77");
    expect(wrapped).toContain("119\n77");
    expect(picked(found(lockWait, wrapped), "holder", "lockWord")).toEqual([
      { holder: 11977, lockWord: 2 },
    ]);
  });

  test("is deduced without the question only where no other lock is left", () => {
    const deadlock = kept("gdb/13.1/deadlock-attach.txt");
    const names = ["lockName", "holder", "holderBy", "holderState"];
    expect(picked(found(lockWait, deadlock), ...names)).toEqual([
      { lockName: "lock_a", holder: null, holderBy: null, holderState: null },
      {
        lockName: "lock_b",
        holder: 8429,
        holderBy: "deduced",
        holderState: "waiting for a lock (take_both)",
      },
    ]);
    const foreign = deadlock.replace("__owner = 8429", "__owner = 9999");
    expect(picked(found(lockWait, foreign), "holder")).toEqual([
      { holder: null },
      { holder: null },
    ]);
  });

  test("is unknown where a text prints owner 0, a free lock or an answer cut short", () => {
    const owners = (from: RegExp, to: string) =>
      picked(
        found(
          lockWait,
          ownerTerminal.slice(0, ownerTerminal.indexOf("(gdb) p ((pth")).replace(from, to),
        ),
        ...["holder", "owner", "ownerAsked"],
      )[0];
    expect(owners(/__owner = 11977/, "__owner = 0")).toEqual({
      holder: null,
      owner: 0,
      ownerAsked: true,
    });
    expect(owners(/__count = 0, __owner[\s\S]*/, "")).toEqual({
      holder: null,
      owner: null,
      ownerAsked: true,
    });
  });

  test("changes in a queue that moves", () => {
    const again = ownerTerminal.replace("$5 = 11977", "$5 = 11983");
    expect(found(lockWait, again)[0]?.values).toMatchObject({
      holder: 11983,
      owners: [11977, 11983],
    });
  });

  test("of std::mutex is proven under the names of its owners", () => {
    const names = [
      "lockName",
      "waiters",
      "holder",
      "holderCaptured",
      "holderState",
      "staleArguments",
    ];
    expect(
      picked(found(lockWait, mutexes), ...names).map((values) => Object.values(values)),
    ).toEqual([
      ["cache", 1, 11980, true, "waiting for a lock (Log::line)", false],
      ["logFile", 1, 11981, true, "waiting for a lock (rotate)", false],
    ]);
  });
});

describe("locks at one address", () => {
  const stack = (pid: number, program: string) => log`
    === pid ${String(pid)} ===
    Attaching to program: /usr/bin/${program}, process ${String(pid)}
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f29a2e502e0 in pthread_mutex_lock (mutex=0x55d0c0de) at x.c:1
    #2  0x00007f299a33d0ef in work (job=0x1) at w.c:5
  `;

  test("are one lock in one program and two in two", () => {
    const text = [stack(1, "a"), stack(2, "a"), stack(3, "b")].join("\n");
    expect(picked(found(lockWait, text), "lock", "processes")).toEqual([
      { lock: "0x55d0c0de", processes: 2 },
      { lock: "0x55d0c0de", processes: 1 },
    ]);
  });
});

describe("stale arguments", () => {
  const stack = (inner: string, outer: string) => log`
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f29a2e502e0 in pthread_mutex_lock (mutex=0x7f2981ef6088) at x.c:1
    #2  0x00007f299a33d0ef in find_slot (${inner}) at c.c:578
    #3  0x00007f299a33d444 in find (${outer}) at c.c:626
    #4  0x00007f299a342005 in main () at m.c:5
  `;
  const staleIn = (inner: string, outer: string) =>
    picked(found(lockWait, stack(inner, outer)), "staleArguments", "staleFrame")[0];

  test("are seen where a caller shows the lock in place of the variable that it hands on", () => {
    const yes = { staleArguments: true, staleFrame: 3 };
    expect(staleIn("cache=0x1111, key=0x2222", "cache=0x7f2981ef6088, key=0x2222")).toEqual(yes);
  });

  test("are not seen where different objects go by the same name", () => {
    const no = { staleArguments: false, staleFrame: null };
    expect(staleIn("this=0x7f2981ef6088", "this=0x1111")).toEqual(no);
    expect(staleIn("item=0x1111", "item=0x7f2981ef6088")).toEqual(no);
    expect(staleIn("cache=0x7f2981ef6088, key=0x2222", "cache=0x7f2981ef6088, key=0x2222")).toEqual(
      no,
    );
  });

  test("are seen where two functions of the same library disagree about the lock", () => {
    const text = stack("a=0x1", "b=0x2").replace(
      "find_slot (a=0x1)",
      "apc_pthreadmutex_lock (lock=0x7f2981ef9999)",
    );
    expect(picked(found(lockWait, text), "lock", "staleFrame")).toEqual([
      { lock: "0x7f2981ef6088", staleFrame: 2 },
    ]);
  });
});

describe("thousands of processes", () => {
  afterEach(() => void vi.restoreAllMocks());
  const fleet = (count: number) =>
    Array.from({ length: count }, (_, i) => apc.replaceAll("311", String(1000 + i))).join("\n");

  test("keep one finding with a bounded number of places", () => {
    const [finding, ...others] = found(lockWait, fleet(3000));
    expect(others).toEqual([]);
    expect(finding?.values).toMatchObject({
      waiters: 3000,
      processes: 3000,
      ofThreads: 3000,
      pid: 1000,
    });
    expect(finding?.evidence.length).toBe(50);
    expect(badSpans([finding as Finding])).toEqual([]);
  });

  test("have a few frames' arguments read each", () => {
    const readFor = (count: number): number => {
      const text = fleet(count);
      const getter = vi.spyOn(Frame.prototype, "arguments", "get");
      found(lockWait, text);
      const { length } = getter.mock.calls;
      getter.mockRestore();
      return length;
    };
    expect(readFor(400) - readFor(200)).toBeLessThanOrEqual(200 * 8);
  });
});
