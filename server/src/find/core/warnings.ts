import type { Reading } from "../../read/model";
import type { Span } from "../../read/span";
import { announceWords, mentionsOf } from "../mentions/mentions";

/** What is wrong between a core, its program and the files around them. */
export type CoreFault =
  | "executable"
  | "executable-newer"
  | "truncated"
  | "missing-memory"
  | "missing-library"
  | "missing-file"
  | "wrong-library"
  | "wrong-debug-file"
  | "no-registers"
  | "not-a-core";

/** A line in which gdb complains. */
export interface CoreWarning {
  readonly what: CoreFault;
  readonly message: string;
  /** The library or mapped file that is missing or another. */
  readonly object: string | null;
  readonly core: string | null;
  readonly expectedBytes: number | null;
  readonly foundBytes: number | null;
  readonly span: Span;
}

/** Words that only such a line has, and where the rest of it says more. */
interface Pattern {
  readonly what: CoreFault;
  readonly words: string;
  /** Groups: `object`, `core`, `expected`, `found`. The line must match where this is given. */
  readonly reads?: RegExp;
}

const PATTERNS: readonly Pattern[] = [
  { what: "executable", words: "core file may not match specified executable file" },
  { what: "executable-newer", words: "exec file is newer than core file" },
  {
    what: "truncated",
    words: " is truncated: expected core file size >= ",
    reads:
      /arning: (?<core>.{1,1000}) is truncated: expected core file size >= (?<expected>\d{1,15}), found: (?<found>\d{1,15})/,
  },
  {
    what: "truncated",
    words: " has a segment extending past end of file",
    reads: /arning: (?<core>.{1,1000}) has a segment extending past end of file/,
  },
  { what: "missing-memory", words: "Failed to read a valid object file image from memory" },
  { what: "missing-memory", words: "Error reading shared library list entry at address " },
  {
    what: "missing-library",
    words: "Could not load shared library symbols for ",
    reads:
      /^warning: Could not load shared library symbols for (?:\d{1,6} libraries, e\.g\. )?(?!linux-(?:vdso|gate))(?<object>\S{1,1000}?)\.?$/,
  },
  {
    what: "wrong-library",
    words: ".dynamic section for ",
    reads: /\.dynamic section for "(?<object>[^"]{1,1000})" is not at the expected address/,
  },
  {
    what: "wrong-library",
    words: "match build-id from core-file",
    reads: /arning: File (?<object>.{1,1000}?) doesn't match build-id from core-file/,
  },
  {
    what: "missing-file",
    words: "during file-backed mapping note processing",
    reads:
      /arning: Can't open file (?<object>.{1,1000}) during file-backed mapping note processing/,
  },
  {
    what: "wrong-debug-file",
    words: "the debug information found in ",
    reads: /the debug information found in "[^"]{1,1000}" does not match "(?<object>[^"]{1,1000})"/,
  },
  { what: "no-registers", words: "Couldn't find general-purpose registers in core file" },
  {
    what: "not-a-core",
    words: " is not a core dump: ",
    reads: /^"?(?<core>[^"]{1,1000}?)"? is not a core dump: /,
  },
];

announceWords(() => PATTERNS.map(({ words }) => words));

/** Every such line of the text, in its order. */
export function coreWarnings(reading: Reading): CoreWarning[] {
  const found = PATTERNS.flatMap((pattern) => linesWith(reading, pattern));
  return found.sort((a, b) => a.span.from - b.span.from);
}

const LONGEST_LINE = 4000;

function linesWith(reading: Reading, { what, words, reads }: Pattern): CoreWarning[] {
  const { text } = reading.clean;
  const mentions = mentionsOf(reading);
  const warnings: CoreWarning[] = [];
  for (let at = mentions.indexOf(words); at >= 0; at = mentions.indexOf(words, at + words.length)) {
    const span = lineAround(text, at);
    const message = text.slice(span.from, span.to);
    const groups = reads?.exec(message)?.groups ?? {};
    // Sentences speak of such warnings too: gdb's have its beginning, or all of the words around them.
    const isGdbs = reads ? reads.test(message) : /^(?:\w{0,8}:? ?[Ww]arning: |[FE])/.test(message);
    if (!isGdbs) continue;
    const { object = null, core = null, expected, found } = groups;
    const expectedBytes = expected === undefined ? null : Number(expected);
    const foundBytes = found === undefined ? null : Number(found);
    warnings.push({ what, message, object, core, expectedBytes, foundBytes, span });
  }
  return warnings;
}

/** The line around a place, without blanks at its ends. */
function lineAround(text: string, at: number): Span {
  const before = text.slice(Math.max(0, at - LONGEST_LINE), at);
  const start = at - before.length + before.lastIndexOf("\n") + 1;
  const line = text.slice(start, at + LONGEST_LINE).split("\n", 1)[0] as string;
  const lead = line.length - line.trimStart().length;
  return { from: start + lead, to: start + Math.max(lead + 1, line.trimEnd().length) };
}
