import type { Frame } from "../frame";
import { NOBODY, type ThreadIdentity, threadIdentity } from "./headers";
import type { Session } from "./session";
import { glance, type Print } from "./stacks";

// Frames and what belongs to them: thread headers, locals, the end of a stack.

/** `Thread 2 (Thread 0x7f29 (LWP 71)):` */
export function openThread(session: Session, i: number): void {
  session.closePrint();
  const identity = threadIdentity(session.text(i).trimStart());
  if (startsAnotherListing(session, () => identity)) session.closeProcess();
  session.openPrint(identity, { from: session.start(i), to: session.end(i) }, false, true);
  const process = session.current(i);
  process.lastListed = identity.number;
  process.listed.add(identity.lwp);
  process.extend(session.end(i));
}

/** `thread apply all` counts down to 1: a higher number behind it, unseen so far, is of another process. */
function startsAnotherListing({ process }: Session, identityOf: () => ThreadIdentity): boolean {
  if (!process || process.hasPrompt || process.seen.has("attach")) return false;
  if (process.lastListed !== 1) return false;
  const { number, lwp } = identityOf();
  return number !== null && number > 1 && !process.listed.has(lwp);
}

/** Begins the header of a thread another process, in traces without anything around them? */
export const startsLooseProcess = (session: Session, i: number): boolean =>
  !session.isSession &&
  startsAnotherListing(session, () => threadIdentity(session.text(i).trimStart()));

/** The frame that stands in the line from `from` on; false where it is none after all. */
export function takeFrame(session: Session, i: number, from: number): boolean {
  const scanned = session.scan(i, from);
  if (scanned === null) return false;
  const frame = session.frame(scanned);
  const isNext = frame.number === nextNumber(session);
  if (!scanned.isCertain && !isNext && !scanned.isWhole) return false;
  if (!isNext) startStack(session, i, frame);
  const print = session.print as Print;
  // Frames that follow each other are a backtrace, even with source lines between them (`set print frame-info`).
  if (isNext) print.isGlance = false;
  print.frames.push(frame);
  print.span = { from: print.span.from, to: session.end(i) };
  if (!scanned.isWhole) truncated(session, frame);
  session.current(i).extend(session.end(i));
  session.answering = false;
  return true;
}

function nextNumber(session: Session): number | null {
  const { print } = session;
  if (print === null) return null;
  const last = print.frames[print.frames.length - 1];
  return last === undefined ? 0 : last.number === null ? null : last.number + 1;
}

/** A frame that does not go on with the open stack starts one of its own, unless frames are missing between them. */
function startStack(session: Session, i: number, frame: Frame): void {
  const { print } = session;
  const last = print?.frames[print.frames.length - 1];
  if (print !== null && last === undefined) {
    print.isGlance = isGlanceAt(session, i);
    return;
  }
  const isLater = frame.number !== null && (last?.number ?? -1) < frame.number;
  if (print !== null && isLater && !isGlanceAt(session, i)) return;
  session.closePrint();
  if (session.process?.isOver) session.closeProcess();
  session.openPrint(session.process?.selected ?? NOBODY, frame.span, isGlanceAt(session, i));
}

/** gdb shows the source line behind `frame N`, `up` and a stop, never inside a backtrace. */
function isGlanceAt(session: Session, i: number): boolean {
  return i + 1 < session.lines.count && session.kind(i + 1) === "source";
}

function truncated(session: Session, frame: Frame): void {
  session.output.problems.push({
    code: "truncated-frame",
    message: "The text of this frame breaks off.",
    span: frame.span,
  });
  if (session.print) session.print.ends = "cut";
}

/** The frame that gdb prints at a stop, without a number. */
export function takeGlance(session: Session, i: number): boolean {
  const scanned = session.scan(i);
  if (scanned === null || !scanned.isCertain) return false;
  session.closePrint();
  const process = session.current(i);
  const frame = session.frame(scanned);
  const identity = session.tables.brokenRow(i) ?? process.selected;
  process.prints.push(glance(identity, frame));
  process.extend(session.end(i));
  session.isSession ||= process.isSession;
  return true;
}

/** `Backtrace stopped: ...` and `(More stack frames follow...)` */
export function endStack(session: Session, i: number): void {
  const { print } = session;
  if (print === null) return;
  const line = session.text(i).trim();
  const span = { from: session.start(i), to: session.end(i) };
  print.ends = line.startsWith("(More") || line.startsWith("Backtrace limit") ? "cut" : "corrupt";
  print.span = { from: print.span.from, to: span.to };
  if (print.ends === "corrupt") {
    session.output.problems.push({ code: "corrupt-stack", message: line, span });
  }
}

/** A line of `bt full` below the last frame. */
export function addLocals(session: Session, i: number): void {
  const frame = session.print?.frames[session.print.frames.length - 1];
  if (!frame || !session.print) return;
  const line = session.text(i).trim();
  const isNone = line.startsWith("No locals") || line.startsWith("No symbol table");
  const from = isNone ? session.end(i) : session.start(i);
  frame.localsSpan = { from: frame.localsSpan?.from ?? from, to: session.end(i) };
  session.print.span = { from: session.print.span.from, to: session.end(i) };
}
