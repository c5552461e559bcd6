import { frameLabel } from "../../../find/groups";
import { reportNamed, type Search, taintMeanings } from "../../../read/kernel/data";
import type { LogRecord } from "../../../read/model";
import { code, dotted, plain } from "../markdown";

/** What a report of the kernel says of its origin and of the state of the machine. */
export function reportNotes(record: LogRecord): (string | null)[] {
  return [victimNote(record), culpritNote(record), placeNote(record), taintNote(record)];
}

/** What the chosen frame is depends on what was searched for. */
const SEARCHED: Readonly<Record<Search, string>> = {
  site: "Most likely at fault",
  wait: "It waits in",
  holder: "The lock was taken in",
  operation: "It was busy with",
  recursion: "What recurs",
};

function culpritNote({ kind, frames, culprit }: LogRecord): string | null {
  const frame = culprit === null ? undefined : frames?.[culprit];
  if (frame === undefined) return null;
  // Whoever asks for memory when there is none left has done nothing wrong.
  const isAsking = kind === "oom-kill" || kind === "page-allocation-failure";
  const words = isAsking
    ? "Memory was asked for in"
    : SEARCHED[reportNamed(kind)?.search ?? "site"];
  return `${words}: ${code(frameLabel(frame))}`;
}

function victimNote({ fields: { victim, victimPid } }: LogRecord): string | null {
  if (typeof victim !== "string") return null;
  return `Killed: ${code(victim)}${typeof victimPid === "number" ? ` (process ${victimPid})` : ""}`;
}

function placeNote({ source, fields: { kernel, hardware, panic } }: LogRecord): string | null {
  const text = (name: string, value: unknown) =>
    typeof value === "string" && value !== "" ? `${name} ${code(value)}` : null;
  const note = dotted([
    source && `raised at ${code(`${source.file}:${source.line}`)}`,
    text("kernel", kernel),
    text("on", hardware),
    text("panic:", panic),
  ]);
  return note === "" ? null : note;
}

/** One line a letter: a tainted kernel may not be the kernel's own fault. */
function taintNote({ fields: { taint } }: LogRecord): string | null {
  if (typeof taint !== "string") return null;
  if (taint === "") return "The kernel was not tainted.";
  const letters = taintMeanings(taint).map(
    ({ letter, name, meaning }) => `- **${plain(letter)}** ${plain(name)}: ${plain(meaning)}`,
  );
  return letters.length === 0 ? null : `Taint:\n\n${letters.join("\n")}`;
}
