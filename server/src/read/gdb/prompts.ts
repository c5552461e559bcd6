import { skipBlanks } from "../chars";
import { addLocals, takeFrame } from "./frames";
import { attach, detach, select, stop } from "./heads";
import { lineKind, promptLength } from "./lineKind";
import type { Session } from "./session";

/** An answer that is longer than this is not taken for one. */
const LONGEST_ANSWER = 400;

/** Commands whose answers have blank lines and no fixed form. */
const FREE_ANSWERS =
  /^(?:info (?!threads|sharedlibrary|registers|locals|args)|list\b|l\b|disas|ptype|show |help|x\/|thread find|source |python)/;

/** A line with one prompt or several: what was typed, or over a pipe what gdb answered. */
export function takePrompt(session: Session, i: number): void {
  const { text } = session.lines;
  const to = session.end(i);
  let at = skipBlanks(text, session.start(i), to);
  session.isSession = true;
  session.closePrint();
  session.current(i).hasPrompt = true;
  session.current(i).isSession = true;
  while (at < to && promptLength(text, at) > 0) {
    const from = at;
    at += promptLength(text, at);
    const after = skipBlanks(text, at, to);
    const isTyped = after < to && promptLength(text, after) === 0 && !isAnswer(session, after, to);
    const command = isTyped ? { from: after, to } : { from: at, to: at };
    if (isTyped && FREE_ANSWERS.test(text.slice(after, to)))
      session.freeUntil = nextPrompt(session, i);
    session.output.prompts.push({ span: { from, to: at }, command });
    at = isTyped ? to : after;
  }
  // The answer may be that of another process, which then begins with the line.
  if (at < to) takeAnswer(session, i, at);
  session.current(i).extend(to);
  session.answering = true;
}

/** The line of the next prompt, if it is near enough for what lies between to be an answer. */
function nextPrompt(session: Session, i: number): number {
  for (let next = i + 1; next < Math.min(session.lines.count, i + LONGEST_ANSWER); next++) {
    if (session.kind(next) !== "prompt") continue;
    session.lookedTo = Math.max(session.lookedTo, next);
    return next;
  }
  session.lookedTo = Math.max(session.lookedTo, i + LONGEST_ANSWER);
  return 0;
}

/** Over a pipe nothing is echoed, and the answer follows the prompt on its line. */
function isAnswer(session: Session, at: number, to: number): boolean {
  const kind = lineKind(session.lines.text, at, to);
  return kind !== "other" && kind !== "indented" && kind !== "blank";
}

function takeAnswer(session: Session, i: number, at: number): void {
  const to = session.end(i);
  const kind = lineKind(session.lines.text, at, to);
  if (kind === "frame") takeFrame(session, i, at);
  else if (kind === "no-locals") addLocals(session, i);
  else if (kind === "attach") attach(session, session.lines.text.slice(at, to), i);
  else if (kind === "current") select(session, session.lines.text.slice(at, to), i);
  else if (kind === "stop") stop(session, session.lines.text.slice(at, to), i);
  else if (kind === "detach") detach(session, session.lines.text.slice(at, to), i);
  else if (kind === "table" || kind === "row") session.tables.take(i, kind);
}
