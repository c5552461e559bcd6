import type { Frame } from "../read/frame";
import { skipApostrophe, skipString } from "../read/quotes";
import type { Span } from "../read/span";
import { movedValue, type NamedValue } from "../read/values";

/** The innermost members of a value of the frame's. */
export function membersOf(frame: Frame, { valueSpan }: NamedValue): NamedValue[] {
  const text = frame.cut(valueSpan);
  const found = members(text, { from: 0, to: text.length });
  return found.map((member) => movedValue(member, valueSpan.from));
}

/** The innermost members of a structure as gdb prints it, `{file = {inode = 25}, t = 0}`: inode and t. */
export function members(text: string, span: Span): NamedValue[] {
  const found: NamedValue[] = [];
  let from = span.from;
  for (let at = span.from; at <= span.to; ) {
    const sign = at < span.to ? text.charAt(at) : ",";
    if (sign === '"') {
      const after = skipString(text, at, span.to);
      at = after < 0 ? span.to : after;
      continue;
    }
    if (sign === "'") {
      at = skipApostrophe(text, at, span.to);
      continue;
    }
    if (sign === "," || sign === "{" || sign === "}") {
      const member = memberIn(text, from, at);
      if (member) found.push(member);
      from = at + 1;
    }
    at++;
  }
  return found;
}

/** `name = value`, without a brace in it. */
function memberIn(text: string, from: number, to: number): NamedValue | null {
  const found = /^(\s*)([A-Za-z_]\w{0,80}) = (?=\S)/.exec(
    text.slice(from, Math.min(to, from + 200)),
  );
  if (!found) return null;
  const [whole, blanks = "", name = ""] = found;
  const nameFrom = from + blanks.length;
  const valueSpan = { from: from + whole.length, to };
  const nameSpan = { from: nameFrom, to: nameFrom + name.length };
  return { name, value: text.slice(valueSpan.from, to), nameSpan, valueSpan };
}
