import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";
import { announceWords, mentionsOf } from "./mentions/mentions";
import { countSymbols, type PoorObject, type SymbolCount } from "./symbols/objects";
import { type Install, installFor } from "./symbols/packages";

/** So many objects are listed. */
const MOST_OBJECTS = 50;

/**
 * `symbol-quality`: how much of the stacks of one text has names and source lines, and where more can be had. Nothing
 * where nothing is missing.
 *
 * Values: `framesTotal`, `framesUnnamed`, `framesWithSource`, `sourceLevel` ("all", "some" or "none"),
 * `objectsWithout` (objects without debug information, those with nameless frames first), `objectsUnnamed` (of these,
 * those with nameless frames), `framesByObject` (`object`, `frames` without a source line, `unnamed`), `install` (`object`, `debian`, `fedora` for each), `suggested` (the command that gdb
 * itself names).
 */
export const symbolQuality: Finder = function* (sources) {
  const findings: Finding[] = [];
  for (const source of sources) findings.push(...(yield* describe(source)));
  return findings;
};

function* describe(source: NamedReading): Steps<Finding[]> {
  const count = yield* countSymbols(source.reading);
  const suggestion = suggestedCommand(source);
  const poor = [...count.objects.values()].sort((a, b) => b.unnamed - a.unnamed);
  if (poor.length === 0 && suggestion === null) return [];
  const objectsWithout = names(poor);
  const places = [...poor.slice(0, MOST_EVIDENCE - 1).map(place), ...(suggestion?.places ?? [])];
  return [
    {
      kind: "symbol-quality",
      summary: summary(count, poor),
      values: {
        framesTotal: count.framesTotal,
        framesUnnamed: count.framesUnnamed,
        framesWithSource: count.framesWithSource,
        sourceLevel: sourceLevel(count),
        objectsWithout,
        objectsUnnamed: names(poor.filter(({ unnamed }) => unnamed > 0)),
        framesByObject: poor
          .filter(({ sourceless }) => sourceless > 0)
          .slice(0, MOST_OBJECTS)
          .map(({ object, sourceless, unnamed }) => ({ object, frames: sourceless, unnamed })),
        install: objectsWithout.map((object): Install & { [name: string]: string | null } => ({
          ...installFor(object),
        })),
        suggested: suggestion?.command ?? null,
      },
      evidence: places
        .map(({ span, says }) => ({ source, span, says }))
        .sort((a, b) => a.span.from - b.span.from),
    },
  ];
}

const names = (objects: readonly PoorObject[]): string[] =>
  objects.flatMap(({ object }) => object ?? []).slice(0, MOST_OBJECTS);

const place = ({ unnamed, span }: PoorObject) => ({
  span,
  says: unnamed > 0 ? "a frame without a name" : "no debug information for this object",
});

const sourceLevel = ({ framesTotal, framesWithSource }: SymbolCount): string | null =>
  framesTotal === 0
    ? null
    : framesWithSource === framesTotal
      ? "all"
      : framesWithSource === 0
        ? "none"
        : "some";

const SUGGESTS = "Missing separate debuginfo";

announceWords(() => [SUGGESTS]);

/** `Missing separate debuginfos, use: debuginfo-install glibc-2.17-326.el7.x86_64` */
function suggestedCommand({ reading }: NamedReading) {
  const { text } = reading.clean;
  const from = mentionsOf(reading).indexOf(SUGGESTS);
  if (from < 0) return null;
  const line = text.slice(from, from + 4000).split(/[\r\n]/, 1)[0] as string;
  const command = /use: (.*)/.exec(line)?.[1]?.trim();
  if (!command) return null;
  const span = { from, to: from + line.length };
  return { command, places: [{ span, says: "gdb names what to install" }] };
}

function summary({ framesTotal, framesUnnamed }: SymbolCount, poor: readonly PoorObject[]): string {
  const named = poor.flatMap(({ object }) => object ?? []);
  const objects = named.slice(0, 3).map((object) => printable(shorten(object, 60)));
  const more = named.length > 3 ? ` and ${plural(named.length - 3, "other")}` : "";
  const without = named.length > 0 ? `No debug information for ${objects.join(", ")}${more}` : "";
  if (framesUnnamed === 0) return without || "Debug information can be installed";
  const unnamed = `${framesUnnamed} of ${plural(framesTotal, "frame")} ${framesUnnamed === 1 ? "has" : "have"} no name`;
  return without === "" ? unnamed : `${unnamed}. ${without}`;
}
