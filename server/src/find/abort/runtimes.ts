import { isLead, LINES_AFTER, LONGEST, type MessageLine, type ReadMessage } from "./told";

// How the run-time libraries of languages say that they end the program.

/** libstdc++: `terminate called after throwing an instance of 'std::out_of_range'`, and `  what():  ...` below. */
export const terminateCalled: ReadMessage = (line) => {
  if (!isLead(line.text.slice(0, line.at))) return null;
  const rest = line.text.slice(line.at + "terminate called ".length, line.at + LONGEST);
  const thrown = /^after throwing an instance of '(.{1,1000})'\s*$/.exec(rest);
  if (thrown === null) {
    const isKnown = /^(?:without an active exception|recursively)\s*$/.test(rest);
    return isKnown ? { reason: "terminate", message: `terminate called ${rest.trim()}` } : null;
  }
  const below = [0, 1, 2].find((index) => whatAt(line.after(index)) !== null);
  return {
    reason: "uncaught-exception",
    message: `terminate called ${rest.trim()}`,
    exception: thrown[1],
    what: below === undefined ? null : whatAt(line.after(below)),
    lines: below === undefined ? 0 : below + 1,
  };
};

function whatAt(line: string): string | null {
  const at = line.indexOf("what():  ");
  return at < 0 || !isLead(line.slice(0, at)) ? null : line.slice(at + 9, at + LONGEST).trimEnd();
}

/** libc++abi: `terminating due to uncaught exception of type std::runtime_error: no such key` */
export const uncaughtOfType: ReadMessage = ({ text, at }) => {
  if (!/\bterminating (?:due to |with )$/.test(text.slice(Math.max(0, at - 40), at))) return null;
  const rest = text.slice(at + "uncaught exception of type ".length, at + LONGEST).trimEnd();
  const end = rest.search(/:(?!:)(?<!::)(?: |$)/);
  return {
    reason: "uncaught-exception",
    message: text.slice(at, at + LONGEST).trimEnd(),
    exception: end < 0 ? rest : rest.slice(0, end),
    what: end < 0 ? null : rest.slice(end + 2) || null,
  };
};

/**
 * Rust: `thread 'main' panicked at 'index out of bounds', src/main.rs:2:5`; since 1.73 the place stands on the line and
 * the message below it.
 */
export const panickedAt: ReadMessage = (line) => {
  if (!/thread '[^']{0,100}'(?: \(\d{1,10}\))?$/.test(line.text.slice(0, line.at).slice(-130)))
    return null;
  const rest = line.text.slice(line.at + " panicked at ".length, line.at + LONGEST).trimEnd();
  const place = /([^\s']{1,300}):(\d{1,9}):\d{1,9}(:?)$/.exec(rest);
  const before = place === null ? rest : rest.slice(0, place.index);
  const isBelow = place?.[3] === ":" && before === "";
  const message = isBelow ? line.after(0).trim() : before.replace(/^'(.*)',? ?$/s, "$1");
  return {
    reason: "panic",
    message: message || null,
    file: place?.[1] ?? null,
    line: place ? Number(place[2]) : null,
    lines: isBelow && message !== "" ? 1 : 0,
  };
};

/** Go: compilers say `fatal error: ` too; what Go's run-time says is followed by its goroutines. */
export const goFatalError: ReadMessage = (line) =>
  line.at === 0 && isGo(line)
    ? { reason: "fatal-error", message: restOf(line, "fatal error: ") }
    : null;

export const goPanic: ReadMessage = (line) =>
  line.at === 0 && isGo(line) ? { reason: "panic", message: restOf(line, "panic: ") } : null;

const restOf = ({ text, at }: MessageLine, words: string): string =>
  text.slice(at + words.length, at + LONGEST).trim();

function isGo({ after }: MessageLine): boolean {
  const below = Array.from({ length: LINES_AFTER }, (_, index) => after(index));
  return below.some((line) => /^(?:goroutine \d|runtime stack:|\[signal SIG|runtime\.)/.test(line));
}

/** `==71==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc ...` */
export const sanitizerError: ReadMessage = ({ text, at }) => {
  const found = /^ERROR: (?:Address|Leak|HWAddress|Memory)Sanitizer: (.{1,300})/.exec(
    text.slice(at, at + 400),
  );
  const pid = /==(\d{1,10})==$/.exec(text.slice(0, at))?.[1];
  if (!found) return null;
  return {
    reason: "sanitizer",
    message: (found[1] as string).trim(),
    pid: pid ? Number(pid) : null,
  };
};
