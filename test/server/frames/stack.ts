import type { StackFrame } from "../../../server/src/frames/culprit";

/**
 * A stack as a list, innermost first, one frame a line: `abort`, `read from /lib64/libc.so.6`, `crash at src/app.c`,
 * `??`, `<signal handler called>`.
 */
export function stack(lines: string): StackFrame[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => frame(line.trim()));
}

function frame(line: string): StackFrame {
  const [, name = "", library = null, file = null] =
    /^(.*?)(?: from (\S+))?(?: at (\S+))?$/.exec(line) ?? [];
  const isSignal = name === "<signal handler called>";
  return {
    function: isSignal || name === "??" ? null : name,
    library,
    kind: isSignal ? "signal-handler" : "call",
    file,
  };
}
