import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { warningsWithFiles } from "./core/files";
import type { CoreFault } from "./core/warnings";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";

/** So many missing files are listed; `count` says how many lines tell of one. */
const MOST_OBJECTS = 50;

/**
 * `core-mismatch`: gdb says that core, program and libraries do not fit, or that the core is not whole: what it then
 * prints can be wrong. One finding for each fault of each core.
 *
 * Values: `what` ("executable", "executable-newer", "truncated", "missing-memory", "missing-library", "missing-file",
 * "wrong-library", "wrong-debug-file", "no-registers", "not-a-core"), `message` (the first), `objects` (libraries and
 * mapped files), `core`, `executable` (what gdb was given), `generatedBy` (what the core says), `expectedBytes`,
 * `foundBytes`, `count`.
 */
export const coreMismatch: Finder = (sources) => groups(sources.flatMap(warnings)).map(describe);

type Warning = ReturnType<typeof warningsWithFiles>[number] & { readonly source: NamedReading };

const warnings = (source: NamedReading): Warning[] =>
  warningsWithFiles(source.reading).map((warning) => ({ ...warning, source }));

function groups(all: readonly Warning[]): Warning[][] {
  const byKey = new Map<string, Warning[]>();
  for (const warning of all) {
    const { what, core, executable, generatedBy } = warning;
    const key = JSON.stringify([what, core, executable, generatedBy]);
    const group = byKey.get(key);
    if (group) group.push(warning);
    else byKey.set(key, [warning]);
  }
  return [...byKey.values()];
}

function describe(group: readonly Warning[]): Finding {
  const { what, message, core, executable, generatedBy } = group[0] as Warning;
  const sized = group.find(({ expectedBytes }) => expectedBytes !== null);
  const objects = [...new Set(group.flatMap(({ object }) => object ?? []))];
  return {
    kind: "core-mismatch",
    summary: summary(what, objects, core ?? generatedBy),
    values: {
      what,
      message,
      objects: objects.slice(0, MOST_OBJECTS),
      core,
      executable,
      generatedBy,
      expectedBytes: sized?.expectedBytes ?? null,
      foundBytes: sized?.foundBytes ?? null,
      count: group.length,
    },
    evidence: group.slice(0, MOST_EVIDENCE).map(({ source, span }) => ({
      source,
      span,
      says: "gdb's own warning",
    })),
  };
}

const WORDS: Readonly<Record<CoreFault, string>> = {
  executable: "The program may not be the one that left the core",
  "executable-newer": "The program is newer than the core",
  truncated: "The core is cut off",
  "missing-memory": "Memory that gdb needs is not in the core",
  "missing-library": "A library that the process used is not here",
  "missing-file": "A file that the process had mapped is not here",
  "wrong-library": "A library is not the one that the process used",
  "wrong-debug-file": "A file with debug information belongs to another build",
  "no-registers": "The core has no registers that gdb can read",
  "not-a-core": "The file is no core",
};

function summary(what: CoreFault, objects: readonly string[], subject: string | null): string {
  const [object] = objects;
  const more = objects.length > 1 ? ` and ${plural(objects.length - 1, "other")}` : "";
  const named = object === undefined ? subject : object;
  return named === null ? WORDS[what] : `${WORDS[what]}: ${printable(shorten(named, 120))}${more}`;
}
