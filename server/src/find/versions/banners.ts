import type { NamedReading } from "../finding";
import { announceWords, mentionsOf } from "../mentions/mentions";
import { banners } from "./data";
import type { Sighting, Sightings } from "./sighting";

announceWords(() => banners.map(({ begins }) => begins));

/** What programs print of themselves: gdb at its start, others where somebody asked them. */
export function* bannerSightings(source: NamedReading): Sightings {
  yield* gdbSightings(source);
  for (const { software, begins, after } of banners) {
    for (const line of linesWith(source, begins)) {
      const version = line && versionBehind(line.text, begins, after);
      yield line && version
        ? sighting(source, software, version, line.from, line.text.length)
        : null;
    }
  }
}

function* gdbSightings(source: NamedReading): Sightings {
  const { text } = source.reading.clean;
  for (const { gdb, head } of source.reading.processes) {
    const at =
      gdb === null || head === null ? -1 : text.slice(head.from, head.to).indexOf("GNU gdb");
    if (gdb === null || head === null || at < 0) yield null;
    else {
      const from = head.from + at;
      yield sighting(source, "gdb", gdb, from, lineAt(text, from).length);
    }
  }
}

const LONGEST_LINE = 400;

const lineAt = (text: string, from: number): string =>
  text.slice(from, from + LONGEST_LINE).split(/[\r\n]/, 1)[0] as string;

interface Line {
  readonly from: number;
  readonly text: string;
}

/** The lines that begin so, and null for each that only holds it. */
function* linesWith({ reading }: NamedReading, begins: string): Generator<Line | null> {
  const { text } = reading.clean;
  const mentions = mentionsOf(reading);
  const next = (from: number): number => mentions.indexOf(begins, from);
  for (let at = next(0); at >= 0; at = next(at + begins.length)) {
    const isStart = at === 0 || text[at - 1] === "\n";
    yield isStart ? { from: at, text: lineAt(text, at) } : null;
  }
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
