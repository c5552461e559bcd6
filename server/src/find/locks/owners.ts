// Which lock each printed owner is the owner of. An address or a variable in the question says it. Where nothing was
// echoed, it is known only if one lock alone is left: a thread that owns the lock in question does not wait for it.
import type { Process, Reading } from "../../read/model";
import { lastAtOrBefore, type Span } from "../../read/span";
import type { Steps } from "../../read/steps";
import type { Member } from "../groups";
import { Pace } from "../pace";
import { stepwise } from "../stepwise";
import { type OwnerAnswer, ownerAnswers } from "./answers";
import { memoryAnswers } from "./memory";
import { addressBehind, addressIn, selectedFrame, subjectOf } from "./question";
import { type LockWait, lockWaits } from "./waits";

/** What a text says of the lock at an address. */
export interface LockAnswer {
  readonly address: string;
  readonly process: Process | null;
  readonly owner: number | null;
  readonly word: number | null;
  readonly shared: boolean | null;
  readonly robust: boolean | null;
  /** Does the text say which lock it is, or is it the only one that it can be? */
  readonly by: "printed" | "deduced";
  readonly span: Span;
}

/** In document order. */
export const lockAnswers = stepwise(function* (reading: Reading): Steps<readonly LockAnswer[]> {
  const wanted = yield* wantedLocks(reading);
  if (wanted.size === 0) return [];
  const found: LockAnswer[] = [];
  const pace = new Pace();
  for (const answer of yield* ownerAnswers.steps(reading)) {
    if (pace.isDone(8)) yield;
    const process = processAt(reading, answer.span.from);
    const locks = (process && wanted.get(process)) || nothing();
    const told = addressOf(reading, process, answer, locks);
    if (told !== null) found.push({ ...answer, ...told, process });
  }
  const addresses = new Set([...wanted.values()].flatMap((locks) => [...locks.addresses]));
  for (const answer of yield* memoryAnswers(reading, addresses)) {
    const process = processAt(reading, answer.span.from);
    found.push({ ...answer, shared: null, robust: null, by: "printed", process });
    if (pace.isDone()) yield;
  }
  return found.sort((one, other) => one.span.from - other.span.from);
});

/** The locks that the threads of one process wait for. */
interface WantedLocks {
  readonly addresses: Set<string>;
  /** Those that have an owner: nobody owns a condition. */
  readonly ownable: Set<string>;
  /** Under the name that gdb found for the address; null for a name that several have. */
  readonly bySymbol: Map<string, string | null>;
  /** What each thread waits for, by LWP. */
  readonly byWaiter: Map<number, Set<string>>;
}

const nothing = (): WantedLocks => ({
  addresses: new Set(),
  ownable: new Set(),
  bySymbol: new Map(),
  byWaiter: new Map(),
});

function* wantedLocks(reading: Reading): Steps<ReadonlyMap<Process, WantedLocks>> {
  const wanted = new Map<Process, WantedLocks>();
  const pace = new Pace();
  for (const wait of yield* lockWaits.steps(reading)) {
    if (pace.isDone()) yield;
    const { process } = wait.member;
    const locks = wanted.get(process) ?? nothing();
    wanted.set(process, locks);
    addLock(locks, wait);
  }
  return wanted;
}

const owned = new Set(["mutex", "rwlock", "futex", "unknown"]);

function addLock({ addresses, ownable, bySymbol, byWaiter }: WantedLocks, wait: LockWait): void {
  if (wait.lock === null) return;
  const { address, symbol } = wait.lock;
  addresses.add(address);
  if (owned.has(wait.path.kind)) ownable.add(address);
  if (symbol !== null) bySymbol.set(symbol, same(bySymbol.get(symbol), address));
  const waiter = lwpOf(wait.member);
  if (waiter === null) return;
  const locks = byWaiter.get(waiter);
  if (locks) locks.add(address);
  else byWaiter.set(waiter, new Set([address]));
}

const same = (known: string | null | undefined, address: string): string | null =>
  known === undefined || known === address ? address : null;

function processAt(reading: Reading, at: number): Process | null {
  const { processes } = reading;
  return processes[lastAtOrBefore(processes, at, ({ span }) => span.from)] ?? null;
}

interface Attributed {
  readonly address: string;
  readonly by: LockAnswer["by"];
}

function addressOf(
  reading: Reading,
  process: Process | null,
  answer: OwnerAnswer,
  locks: WantedLocks,
): Attributed | null {
  const subject = answer.question === null ? null : subjectOf(answer.question);
  const said = subject === null ? null : saidAddress(reading, process, answer, subject, locks);
  if (said !== null) return { address: said, by: "printed" };
  const left = deduced(answer, locks);
  return left === null ? null : { address: left, by: "deduced" };
}

function saidAddress(
  reading: Reading,
  process: Process | null,
  answer: OwnerAnswer,
  subject: string,
  locks: WantedLocks,
): string | null {
  const cast = addressIn(subject);
  if (cast !== null) return cast;
  const frame = process && selectedFrame(reading, process, answer.span.from);
  const behind = addressBehind(subject, frame);
  if (behind !== null && locks.addresses.has(behind)) return behind;
  return locks.bySymbol.get(subject) ?? null;
}

/** The only lock that it can be: it is waited for, but not by its owner. */
function deduced({ owner, word, shared }: OwnerAnswer, locks: WantedLocks): string | null {
  const isWaitedFor = word === 2 || (word === null && shared !== null);
  if (owner === null || owner <= 0 || !isWaitedFor) return null;
  const own = [...(locks.byWaiter.get(owner) ?? [])].filter((lock) => locks.ownable.has(lock));
  if (locks.ownable.size - own.length !== 1) return null;
  return [...locks.ownable].find((lock) => !own.includes(lock)) ?? null;
}

/** The number under which a lock knows its owner: the LWP, which is the process id in a process with one thread. */
export const lwpOf = ({ process, thread }: Member): number | null =>
  thread.lwp ?? (process.threads.length === 1 ? process.pid : null);
