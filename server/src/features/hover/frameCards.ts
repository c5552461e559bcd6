import { frameLabel } from "../../find/groups";
import { waitingFor } from "../../frames/waiting";
import type { Frame } from "../../read/frame";
import type { Reading } from "../../read/model";
import { plural } from "../../words/plural";
import { highlights } from "../highlights";
import type { FramePlace } from "../locate";
import { framesAtSource, framesIn } from "../stackCounts";
import { addressLooks } from "./known/addresses";
import { code, paragraphs, plain } from "./markdown";

/** A frame's place in its stack. */
export function numberCard({ frame, stack }: FramePlace): string {
  const at = stack.findIndex((other) => other.number === frame.number);
  const [callee, caller] = [stack[at - 1], stack[at + 1]];
  return paragraphs([
    `**Frame ${frame.number ?? 0}** of ${plural(stack.length, ["frame", "frames"])}: ${code(frameLabel(frame))}`,
    at === 0 ? "The innermost frame: here the thread stands." : null,
    callee && isNext(callee, frame) ? `It called ${code(frameLabel(callee))}.` : null,
    caller && isNext(frame, caller) ? `Called by ${code(frameLabel(caller))}.` : null,
    `This stack: ${plain(waitingFor(stack))}.`,
  ]);
}

/** Frames between the two may be missing in the text. */
const isNext = (inner: Frame, outer: Frame): boolean =>
  inner.number !== null && outer.number === inner.number + 1;

/** The address of a frame's code. */
export function addressCard(reading: Reading, { frame, stack }: FramePlace): string {
  const isInnermost = stack[0] === frame || (frame.number ?? 0) === 0;
  const others = highlights(reading, frame.parts.addressFrom).length - 1;
  return paragraphs([
    `**${code(frame.address ?? "")}**`,
    isInnermost
      ? "The instruction at which the thread stands."
      : "Where this function goes on when the inner frame returns to it.",
    // Where gdb knows the function, the address is that of its code and looks like one.
    ...(frame.function === null ? addressLooks(BigInt(frame.address ?? "0x0")).map(plain) : []),
    others > 0
      ? `The same address stands in ${plural(others, ["other place", "other places"])}.`
      : null,
  ]);
}

/** The source line of a frame. */
export function sourceCard(reading: Reading, { frame }: FramePlace): string {
  const { file, line } = frame;
  const same = framesAtSource(reading, frame);
  return paragraphs([
    `**${code(`${file}:${line ?? "?"}`)}**`,
    "The source line that was being executed, as the path was when the program was compiled.",
    file?.startsWith("/") ? null : "The path counts from the folder in which it was compiled.",
    same > 1 ? `${plural(same, ["frame stands", "frames stand"])} at this line.` : null,
  ]);
}

/** The file of a frame's code. */
export function libraryCard(reading: Reading, { frame }: FramePlace): string {
  const { library } = frame;
  const { frames, named } = framesIn(reading, library ?? "");
  return paragraphs([
    `**${code(library ?? "")}**`,
    "The shared object or program that holds the code. gdb names it where it has no source line: the debug information is missing.",
    `${plural(frames, ["frame", "frames"])} in this file, ${named} of them with a function name.`,
  ]);
}
