import { expect, test } from "vitest";
import type { Note } from "../../../server/src/notes/note";
import { parseNote } from "../../../server/src/notes/parse";
import { suspect } from "../../../server/src/notes/suspect";
import { read } from "../../../server/src/read/read";
import { FRAMES, teamNote } from "./teamNote";

const STACK = `(gdb) attach 31877
Attaching to program: /usr/sbin/shopd, process 31877
(gdb) bt
#0  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
#1  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
`;
const HEAD = "[Sat Nov 21 03:27:53.980424 2026]";

const support = (supports: string): string[] => {
  const { note } = parseNote(teamNote(FRAMES, supports));
  const sources = [{ path: "sample", reading: read(`${entries}\n${STACK}`) }];
  const [hypothesis] = suspect({ sources, findings: [] }, [note as Note]);
  return (hypothesis?.steps ?? []).slice(1).map(({ says }) => says);
};

const entries = `${HEAD} [mpm_prefork:error] [pid 50:tid 50] AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting
${HEAD} [core:notice] [pid 50:tid 50] AH00052: child pid 31870 exit signal Segmentation fault (11)`;

test("an entry of the parent about nobody in particular supports a note about another process", () => {
  const supports = "supports:\n  - log: { kind: workers-exhausted }\n    says: all are busy\n";
  expect(support(supports)).toEqual(["all are busy"]);
});

test("an entry about one process does not support a note about another", () => {
  const supports = "supports:\n  - log: { kind: child-exit-signal }\n    says: it died\n";
  expect(support(supports)).toEqual([]);
});
