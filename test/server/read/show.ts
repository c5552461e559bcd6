import type { Frame } from "../../../server/src/read/frame";
import type { Reading } from "../../../server/src/read/model";
import { place } from "../../../server/src/read/place";
import { Positions } from "../../../server/src/read/positions";

/** What the reader made of a text, as text: processes, threads and frames, one a line. */
export function outline(reading: Reading): string {
  const lines: string[] = [];
  for (const process of reading.processes) {
    lines.push(facts("process", [process.pid, process.program, process.signal, gdb(process.gdb)]));
    for (const thread of process.threads) {
      const id = [
        thread.number,
        thread.lwp && `LWP ${thread.lwp}`,
        thread.name && `"${thread.name}"`,
      ];
      const state = [
        thread.crashed ? "crashed" : null,
        thread.ends === "complete" ? null : thread.ends,
      ];
      lines.push(facts(" thread", [...id, ...state]));
      for (const frame of thread.frames) lines.push(`  ${frameText(frame)}`);
    }
  }
  return lines.join("\n");
}

const gdb = (version: string | null) => version && `gdb ${version}`;

const facts = (noun: string, values: readonly unknown[]): string =>
  [noun, ...values.filter((value) => value !== null && value !== undefined)].join(" ");

/** `#4 apc_cache_find_slot (cache, key, t) apc_cache.c:578`, with the base name of the place. */
export function frameText(frame: Frame): string {
  const base = (path: string) => path.replace(/^.*\//, "");
  const names = frame.arguments?.map((argument) => argument.name).join(", ");
  const parts = [
    frame.number === null ? "#-" : `#${frame.number}`,
    frame.kind === "call" ? null : `[${frame.kind}]`,
    frame.function ?? (frame.kind === "signal-handler" ? null : "??"),
    names === undefined ? null : `(${names})`,
    frame.file && `${base(frame.file)}:${frame.line}`,
    frame.library && base(frame.library),
    frame.locals && `{${frame.locals.map((local) => local.name).join(", ")}}`,
  ];
  return parts.filter((part) => part !== null).join(" ");
}

/** The sections as `kind first-last`, lines counted from 1. */
export function sectionLines(reading: Reading): string[] {
  const positions = new Positions(reading.text);
  return reading.sections.map(({ kind, span }) => {
    const range = positions.range(trimmed(reading, place(reading, span)));
    return `${kind} ${range.start.line + 1}-${range.end.line + 1}`;
  });
}

function trimmed({ text }: Reading, { from, to }: { from: number; to: number }) {
  const inside = text.slice(from, to);
  return {
    from: from + inside.length - inside.trimStart().length,
    to: to - (inside.length - inside.trimEnd().length),
  };
}

/** The problems as `code "text"`. */
export function problemTexts(reading: Reading): string[] {
  return reading.problems.map(({ code, span }) => {
    const { from, to } = place(reading, span);
    return `${code} ${JSON.stringify(reading.text.slice(from, to))}`;
  });
}
