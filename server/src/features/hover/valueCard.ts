import type { Frame } from "../../read/frame";
import type { Reading } from "../../read/model";
import { contains, type Span } from "../../read/span";
import type { NamedValue } from "../../read/values";
import { type FramePlace, valueSpan } from "../locate";
import { membersOf } from "../members";
import { elsewhere } from "./elsewhere";
import { code, paragraphs } from "./markdown";
import { meanings } from "./meanings";

/** What an argument, a local variable or a member of one means. */
export function valueCard(
  reading: Reading,
  place: FramePlace,
  whole: NamedValue,
  offset: number,
): { span: Span; markdown: string } {
  const { frame, process } = place;
  const inside = membersOf(frame, whole);
  const member = inside.find((it) => contains(valueSpan(it), offset));
  const value = member ?? whole;
  const siblings = member ? inside : (frame.arguments ?? frame.locals ?? []);
  const scene = { value, siblings, function: frame.function, process };
  const markdown = paragraphs([
    `**${code(`${value.name} = ${value.value}`)}**`,
    member ? `A member of ${code(whole.name)}.` : null,
    ...meanings(scene),
    entryNote(frame, value),
    ...elsewhere(reading, place, value),
  ]);
  return { span: valueSpan(value), markdown };
}

/** `x=x@entry=5`: gdb knows the value at the call, and it has not changed since. */
function entryNote(frame: Frame, { name, nameSpan, valueSpan }: NamedValue): string | null {
  const between = frame.cut({ from: nameSpan.to, to: valueSpan.from });
  if (!between.includes("@entry") && !name.endsWith("@entry")) return null;
  return "`@entry` marks the value at the time of the call.";
}
