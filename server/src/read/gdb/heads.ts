import {
  attachedTo,
  loadedProgram,
  mergeIdentity,
  NOBODY,
  stopSignal,
  threadIdentity,
} from "./headers";
import { separatorPid } from "./separator";
import type { Session } from "./session";

// The lines that gdb prints around stacks: each says something of the process, and some start or end one.

/** `Attaching to process 311` */
export function attach(session: Session, line: string, i: number): void {
  const { pid, program } = attachedTo(line);
  const process = session.openHead("attach", i);
  process.pid = pid ?? process.pid;
  process.program = program ?? process.program;
}

/** `Reading symbols from ./httpd...` */
export function loadProgram(session: Session, line: string, i: number): void {
  const program = loadedProgram(line);
  if (program !== null && session.process?.isOver) session.closeProcess();
  session.current(i).program ??= program;
}

/** `Detaching from program: ./httpd, process 311` */
export function detach(session: Session, line: string, i: number): void {
  session.closePrint();
  const { pid, program } = attachedTo(line);
  const process = session.current(i);
  process.pid ??= pid;
  process.program ??= program;
  process.isOver = true;
}

/** `[New LWP 71]`, `[Inferior 1 (process 311) detached]` */
export function takeEvent(session: Session, line: string, i: number): void {
  if (startsByEvent(session, line)) session.closeProcess();
  if (line.startsWith("[Inferior ")) {
    const open = session.current(i);
    open.pid ??= attachedTo(line).pid;
    session.closePrint();
    open.isOver = /detached|exited|killed/.test(line);
  }
}

/** Does gdb tell of the first things that it finds in a process, though it has shown stacks already? */
export function startsByEvent({ process, print }: Session, line: string): boolean {
  if (!process || process.hasPrompt || !(process.hasStacks || print)) return false;
  return line.startsWith("[New LWP ") || line.startsWith("[Thread debugging using");
}

/** `Program terminated with signal SIGSEGV, Segmentation fault.` */
export function stop(session: Session, line: string, i: number): void {
  session.closePrint();
  const stopped = stopSignal(line);
  if (stopped === null) return;
  const process = session.current(i);
  const identity = line.startsWith("Thread ") ? threadIdentity(line) : NOBODY;
  if (identity !== NOBODY) process.selected = identity;
  if (!stopped.isFatal && process.signal !== null) return;
  process.signal = stopped.signal;
  process.struck = stopped.isFatal ? identity : null;
  process.struckAt = session.end(i);
}

/** `[Switching to thread 2 (...)]` comes before the frame, `[Current thread is 1 (...)]` after it. */
export function select(session: Session, line: string, i: number): void {
  const identity = threadIdentity(line);
  const process = session.current(i);
  process.selected = identity;
  if (line.startsWith("[Switching")) session.closePrint();
  else if (session.print) session.print.identity = mergeIdentity(session.print.identity, identity);
  if (process.struck && process.struck.lwp === null) {
    process.struck = mergeIdentity(process.struck, identity);
  }
}

/** `=== pid 311 ===` */
export function takeSeparator(session: Session, i: number): void {
  session.closeProcess();
  session.isSession = true;
  const process = session.current(i);
  process.pid = separatorPid(session.lines.text, session.start(i), session.end(i)) ?? null;
  process.seen.add("separator");
  process.isSession = true;
  process.extendHead(session.end(i));
}
