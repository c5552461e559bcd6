import type { NamedReading } from "../finding";
import { announceWords, mentionsOf } from "../mentions/mentions";
import { banners } from "./data";
import type { Sighting } from "./sighting";

announceWords(() => banners.map(({ begins }) => begins));

/** What programs print of themselves: gdb at its start, others where somebody asked them. */
export const bannerSightings = (source: NamedReading): Sighting[] => [
  ...gdbSightings(source),
  ...banners.flatMap(({ software, begins, after }) =>
    linesWith(source, begins).flatMap(({ from, text }) => {
      const version = versionBehind(text, begins, after);
      return version === null ? [] : [sighting(source, software, version, from, text.length)];
    }),
  ),
];

function gdbSightings(source: NamedReading): Sighting[] {
  const { text } = source.reading.clean;
  return source.reading.processes.flatMap(({ gdb, head }) => {
    const at =
      gdb === null || head === null ? -1 : text.slice(head.from, head.to).indexOf("GNU gdb");
    if (gdb === null || head === null || at < 0) return [];
    const from = head.from + at;
    return [sighting(source, "gdb", gdb, from, lineAt(text, from).length)];
  });
}

const LONGEST_LINE = 400;

const lineAt = (text: string, from: number): string =>
  text.slice(from, from + LONGEST_LINE).split(/[\r\n]/, 1)[0] as string;

function linesWith({ reading }: NamedReading, begins: string): { from: number; text: string }[] {
  const { text } = reading.clean;
  const mentions = mentionsOf(reading);
  const found: { from: number; text: string }[] = [];
  const next = (from: number): number => mentions.indexOf(begins, from);
  for (let at = next(0); at >= 0; at = next(at + begins.length)) {
    if (at === 0 || text[at - 1] === "\n") found.push({ from: at, text: lineAt(text, at) });
  }
  return found;
}

/** What stands behind a version says of the build: `2.36-9+deb12u4` is 2.36, `1.1.1k` is whole. */
function versionBehind(line: string, begins: string, after: string | undefined): string | null {
  const at = after === undefined ? begins.length : line.indexOf(after, begins.length);
  const rest = at < 0 ? "" : line.slice(at + (after?.length ?? 0));
  return (
    /^(\d{1,5}(?:\.\d{1,5}){1,3}[a-z]?(?:-(?:dev|rc|alpha|beta)\d{0,9})?)(?![\w.]*\d)/.exec(
      rest,
    )?.[1] ?? null
  );
}

const sighting = (
  source: NamedReading,
  software: string,
  version: string,
  from: number,
  length: number,
): Sighting => ({
  software,
  by: "banner",
  versions: [version],
  range: null,
  from: null,
  to: null,
  evidence: { source, span: { from, to: from + length }, says: "the program tells its version" },
});
