import lockFiles from "knowledge:locks";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../server/src/find/finding";
import { pointerIn } from "../../../server/src/find/locks/pointer";
import { lockEntry } from "../../../server/src/find/locks/table";
import { lockWait } from "../../../server/src/find/lockWait";
import { recursion } from "../../../server/src/find/recursion";
import { signalContext } from "../../../server/src/find/signalContext";
import { threadState } from "../../../server/src/find/threadState";
import { waitCycle } from "../../../server/src/find/waitCycle";
import { plainName } from "../../../server/src/frames/names";
import { badSpans, found } from "./findings";
import { kept } from "./sources";

const root = path.join(import.meta.dirname, "../../../knowledge");
const load = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));

describe("the data about locks", () => {
  const validate = new Ajv({ allErrors: true }).compile(load("schema/locks.schema.json") as object);
  const functions = lockFiles.flatMap(({ locks }) => locks.flatMap((entry) => entry.functions));

  test.each(readdirSync(path.join(root, "locks")))("%s keeps to its schema", (file) => {
    validate(load(`locks/${file}`));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("knows each function once, under its plain name", () => {
    expect(functions.filter((name, i) => functions.indexOf(name) !== i)).toEqual([]);
    expect(functions.filter((name) => plainName(name) !== name)).toEqual([]);
  });

  test.each([
    ["___pthread_mutex_lock", "mutex"],
    ["__GI___lll_lock_wait_private", "futex"],
    ["__pthread_rwlock_wrlock_full64", "rwlock"],
    ["__new_sem_wait_slow64.constprop.0", "semaphore"],
    ["__libc_fcntl64", "file-lock"],
    ["std::lock_guard<std::mutex>::lock_guard", "mutex"],
    ["std::sys::sync::mutex::futex::Mutex::lock_contended", "mutex"],
    ["pthread_join", "none"],
  ])("finds %s", (name, kind) => {
    expect(lockEntry(name)?.kind).toBe(kind);
  });
});

test.each([
  ["0x00007F29", { address: "0x7f29", symbol: null }],
  ["0x55ce1f23a060 <lock_a>", { address: "0x55ce1f23a060", symbol: "lock_a" }],
  ["0x55ce1f23a068 <pool+8>", { address: "0x55ce1f23a068", symbol: null }],
  ["(pthread_mutex_t *) 0x12ab", { address: "0x12ab", symbol: null }],
  ["@0x7ffd10: {__data = 1}", { address: "0x7ffd10", symbol: null }],
  ["0x0", null],
  ["<optimized out>", null],
  ["17", null],
  ["...", null],
])("the pointer in %s", (value, pointer) => {
  expect(pointerIn(value)).toEqual(pointer);
});

const all = (...texts: readonly string[]): Finding[] =>
  [lockWait, waitCycle, threadState, recursion, signalContext].flatMap((finder) => [
    ...found(finder, ...texts),
  ]);

/** A process of a made-up fleet: the lock that it waits for, or null, and who has it as the session says. */
interface Made {
  readonly lock: number | null;
  readonly owner: number | null;
}

const LOCKS = ["0xa0000", "0xb0000", "0xc0000"];
const FIRST_PID = 500;

const toText = (made: readonly Made[]): string =>
  made.map(({ lock, owner }, i) => processText(FIRST_PID + i, lock, owner)).join("\n");

function processText(pid: number, lock: number | null, owner: number | null): string {
  const head = `=== pid ${pid} ===\n`;
  if (lock === null)
    return `${head}#0  0x0000000000401234 in work () at w.c:1\n#1  0x0000000000401334 in main () at w.c:9\n`;
  const address = LOCKS[lock];
  const asked = `(gdb) p ((pthread_mutex_t *)${address})->__data.__owner\n$1 = ${owner === null ? 0 : FIRST_PID + owner}\n`;
  return `${head}#0  __lll_lock_wait (futex=${address}, private=128) at l.c:49
#1  0x00007f29a2e502e0 in pthread_mutex_lock (mutex=${address}) at m.c:93
#2  0x000000000040b1de in job (n=1) at w.c:9
#3  0x000000000040b313 in main () at w.c:19
${owner === null ? "" : asked}`;
}

describe("made-up fleets", () => {
  const fleet = fc.array(
    fc.record({
      lock: fc.option(fc.nat({ max: LOCKS.length - 1 })),
      owner: fc.option(fc.nat({ max: 11 })),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test("are counted right, and every place lies in its text", () => {
    fc.assert(
      fc.property(fleet, (made) => {
        const text = toText(made);
        const findings = found(lockWait, text);
        expect(badSpans(all(text))).toEqual([]);
        const waiters = (lock: string) =>
          made.filter((one) => one.lock === LOCKS.indexOf(lock)).length;
        const wanted = LOCKS.filter((lock) => waiters(lock) > 0);
        expect(findings.map(({ values }) => values.lock).sort()).toEqual(wanted);
        for (const { values, evidence } of findings) {
          expect(values.waiters).toBe(waiters(values.lock as string));
          expect(values.processes).toBe(values.waiters);
          expect(values.ofThreads).toBe(made.length);
          expect(evidence.length).toBeGreaterThanOrEqual(values.waiters as number);
          expect(values.holder).toBe(latestOwner(made, LOCKS.indexOf(values.lock as string)));
        }
        const [state] = found(threadState, text);
        expect(state?.values.waitingLock).toBe(made.filter(({ lock }) => lock !== null).length);
        expect(state?.values.threads).toBe(made.length);
      }),
      { numRuns: 60 },
    );
  });

  test("have the circles that their owners make, and no other", () => {
    fc.assert(
      fc.property(fleet, (made) => {
        const next = (i: number): number | null => {
          const lock = made[i]?.lock ?? null;
          return lock === null ? null : holderIndex(made, lock);
        };
        const inCircle = made
          .map((_, i) => i)
          .filter((start) => {
            let at = next(start);
            for (let steps = 0; at !== null && at !== start && steps < 12; steps++) at = next(at);
            return at === start;
          });
        const members = found(waitCycle, toText(made)).flatMap(({ values }) =>
          (values.cycle as readonly { pid: number }[]).map(({ pid }) => pid - FIRST_PID),
        );
        expect(members.sort((a, b) => a - b)).toEqual(inCircle);
      }),
      { numRuns: 60 },
    );
  });
});

function holderIndex(made: readonly Made[], lock: number): number | null {
  const owner = latestOwner(made, lock);
  return owner === null ? null : owner - FIRST_PID;
}

function latestOwner(made: readonly Made[], lock: number): number | null {
  const owner = made.findLast((one) => one.lock === lock && one.owner !== null)?.owner;
  return owner === null || owner === undefined ? null : FIRST_PID + owner;
}

describe("damaged text", () => {
  const session = ["locks-owner-terminal", "mutexes-terminal", "reenter", "cycles-3"]
    .map((name) => kept(`gdb/13.1/${name}.txt`))
    .join("\n");

  test("never breaks the finders or leads out of the text", () => {
    const damage = fc.record({
      from: fc.nat({ max: session.length - 1 }),
      length: fc.nat({ max: 400 }),
      insert: fc.constantFrom(
        "",
        "\n",
        "$1 = {",
        "__owner = 5",
        "(gdb) p *lock\n",
        "<",
        "0x",
        "#3 ",
      ),
    });
    fc.assert(
      fc.property(damage, ({ from, length, insert }) => {
        const text = session.slice(0, from) + insert + session.slice(from + length);
        expect(badSpans(all(text))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("of answers that never end is read once each", () => {
    const stack = kept("gdb/6.8/apache-apc.txt");
    const endless = `${stack}\n${"$1 = {\n".repeat(20_000)}`;
    expect(found(lockWait, endless)[0]?.values).toMatchObject({ waiters: 1, holder: null });
  });
});
