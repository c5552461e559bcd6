import { frameLabel } from "../../find/groups";
import type { FramePlace } from "../locate";
import { code, paragraphs } from "./markdown";

/** gdb's mark between a signal handler and the code that the signal interrupted. */
export function signalHandlerCard({ frame, stack }: FramePlace): string {
  const at = stack.indexOf(frame);
  const handler = stack[at - 1];
  const interrupted = stack[at + 1];
  return paragraphs([
    "**Signal handler called**",
    "The kernel interrupted the program here to run its signal handler.",
    handler && `Above, with lower numbers: the handler, ${code(frameLabel(handler))}.`,
    interrupted &&
      `Below: where the signal struck, ${code(frameLabel(interrupted))}. For a crash, look there.`,
  ]);
}
