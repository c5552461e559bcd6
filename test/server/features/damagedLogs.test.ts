import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diagnostics } from "../../../server/src/features/diagnostics";
import { folds } from "../../../server/src/features/folding";
import { highlights } from "../../../server/src/features/highlights";
import { hover } from "../../../server/src/features/hover/hover";
import { lenses } from "../../../server/src/features/lenses";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { symbols } from "../../../server/src/features/symbols";
import type { Reading } from "../../../server/src/read/model";
import { read } from "../../../server/src/read/read";
import type { Span } from "../../../server/src/read/span";
import { misplaced } from "./shown";

const logs = [
  "apache/event-2.4.71.error.log",
  "lighttpd/joined-1.4.13-to-1.4.18.log",
  "lighttpd/error-1.4.55-focal.log",
  "kernel/dmesg-segfaults.txt",
  "kernel/dmesg-oom-memcg.txt",
  "tables/ipcs.txt",
].map((path) => readFileSync(`test/fixtures/${path}`, "utf8"));

/** Two pieces of logs, one behind the other, cut anywhere. */
const pieces = fc
  .array(fc.tuple(fc.constantFrom(...logs), fc.nat(), fc.nat(900)), { minLength: 2, maxLength: 2 })
  .map((cuts) =>
    cuts.map(([text, at, length]) => {
      const from = at % text.length;
      return text.slice(from, from + length);
    }),
  )
  .map((cut) => cut.join("\n"));

const everywhere = (reading: Reading, text: string): Span[] =>
  Array.from({ length: Math.ceil(text.length / 40) }, (_, i) => i * 40).flatMap((offset) => [
    ...highlights(reading, offset),
    ...[hover(reading, offset)].flatMap((card) => card?.span ?? []),
  ]);

test("whatever is cut out of logs and put together, the editor gets answers that lie in the text", () => {
  fc.assert(
    fc.property(pieces, (text) => {
      const reading = read(text);
      const { length } = reading.clean.text;
      const spans = [
        ...diagnostics(reading, "on").map(({ span }) => span),
        ...folds(reading).map(({ span }) => span),
        ...lenses(reading).map(({ span }) => span),
        ...everywhere(reading, reading.clean.text),
      ];
      expect(spans.filter(({ from, to }) => from < 0 || to > length || from > to)).toEqual([]);
      expect(symbols(reading).flatMap(misplaced)).toEqual([]);
      const tokens = semanticTokens(reading, { from: 0, to: text.length });
      expect(tokens.filter(({ span }) => span.from >= span.to || span.to > text.length)).toEqual(
        [],
      );
    }),
    { numRuns: 150 },
  );
});
