// Arguments of a running function are lost once their registers are used for something else; gdb then shows what is
// left there. It is noticed where two frames cannot both be right.
import type { Frame } from "../../read/frame";
import type { PrintedLock } from "./awaited";
import { pointerIn } from "./pointer";
import { lockEntry } from "./table";

/**
 * The index of the frame whose arguments must not be trusted, or null. Either an outer frame shows the lock's own value
 * under the name of a variable that the frame which it called shows with another value, or two functions that pass the same
 * lock on disagree about it.
 */
export function staleFrame(frames: readonly Frame[], lock: PrintedLock): number | null {
  return disagreeing(frames, lock) ?? repeated(frames, lock);
}

/** How far out the value is looked for. */
const FARTHEST = 12;

/** A caller that hands its own variables on shows the lock's value under a name that its callee shows another value for. */
function repeated(frames: readonly Frame[], lock: PrintedLock): number | null {
  for (let i = lock.index + 1; i < Math.min(frames.length, lock.index + FARTHEST); i++) {
    const called = argumentsOf(frames[i - 1] as Frame);
    const shown = pointers(frames[i] as Frame);
    const odd = shown.find(({ name, address }) => {
      const inner = called.get(name);
      return address === lock.address && inner !== undefined && isOther(inner, address);
    });
    if (odd && handsOn(frames[i] as Frame, called, odd.name)) return i;
  }
  return null;
}

function isOther(value: string, address: string): boolean {
  const found = pointerIn(value);
  return found !== null && found.address !== address;
}

/** Without another variable in common, two functions only happen to use the same name. */
function handsOn(caller: Frame, called: ReadonlyMap<string, string>, except: string): boolean {
  return (caller.arguments ?? []).some(
    ({ name, value }) => name !== except && called.get(name) === value,
  );
}

const argumentsOf = (frame: Frame): ReadonlyMap<string, string> =>
  new Map((frame.arguments ?? []).map(({ name, value }) => [name, value]));

/** `pthread_mutex_lock (mutex=A)` called by a function of the same library's type with another lock. */
function disagreeing(frames: readonly Frame[], lock: PrintedLock): number | null {
  const { entry } = lock;
  if (entry.type === undefined || entry.wraps) return null;
  for (let i = lock.index + 1; i < Math.min(frames.length, lock.index + FARTHEST); i++) {
    const frame = frames[i] as Frame;
    const outer = frame.function === null ? null : lockEntry(frame.function);
    if (outer === null) return null;
    if (outer.type !== entry.type || outer.wraps) continue;
    const shown = pointers(frame).find(({ name }) => outer.arguments.includes(name));
    if (shown && shown.address !== lock.address) return i;
  }
  return null;
}

interface Shown {
  readonly name: string;
  readonly address: string;
}

function pointers(frame: Frame): Shown[] {
  return (frame.arguments ?? []).flatMap(({ name, value }) => {
    const found = pointerIn(value);
    return found ? [{ name, address: found.address }] : [];
  });
}
