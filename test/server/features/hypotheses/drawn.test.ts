import { expect, test } from "vitest";
import { hypothesisCard } from "../../../../server/src/features/hypotheses/card";
import { caseText } from "../../../../server/src/features/hypotheses/caseText";
import { hypothesisDiagnostics } from "../../../../server/src/features/hypotheses/diagnostics";
import { hypothesisLenses } from "../../../../server/src/features/hypotheses/lenses";
import { listedHypotheses } from "../../../../server/src/features/hypotheses/list";
import type { NamedReading } from "../../../../server/src/find/finding";
import type { Hypothesis } from "../../../../server/src/notes/hypothesis";
import { type Judgement, judge } from "../../../../server/src/notes/judge";
import { kept, source } from "../../find/sources";
import { log } from "../../fixture";

const cutOf =
  ({ reading }: NamedReading) =>
  ({ from, to }: { from: number; to: number }): string =>
    reading.clean.text.slice(from, to).split("\n", 1)[0] ?? "";

const haproxy = source(
  kept("gdb/unknown/haproxy-zlib.txt"),
  "file:///tickets/crash%20of%20proxy.txt",
);
const apc = source(kept("gdb/6.8/apache-apc.txt"), "file:///tickets/backtraces.save");
const together = judge([haproxy, apc]);

const best = (judgement: Judgement, note: string): Hypothesis =>
  judgement.hypotheses.find((each) => each.note.id === note) as Hypothesis;

const ZLIB = "haproxy-zlib-flush-stale-input";
const APC = "apc-pthreadmutex-deadlock";

test("each text has the lenses of its own hypotheses", () => {
  const lenses = (text: NamedReading) =>
    hypothesisLenses(together, text).map(
      ({ note, span }) => `${cutOf(text)(span).slice(0, 15)} ${note}`,
    );
  expect(lenses(haproxy)).toEqual([`#0 in memcpy () ${ZLIB}`]);
  expect(lenses(apc)).toEqual([`=== pid 311 === ${APC}`]);
});

test("a lens shows the confidence and the title", () => {
  const [lens] = hypothesisLenses(together, haproxy);
  expect(lens?.title).toMatch(/^9\d % HAProxy flushes a compressed response/);
});

test("a log has one lens for each hypothesis, at the first entry that no better one explains", () => {
  const text = source(log`
    [Fri Dec 30 03:47:08 2016] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart
    [Sun Jan 01 03:47:04 2017] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart

    libgomp: could not create thread pool destructor.
  `);
  const lenses = hypothesisLenses(judge([text]), text).filter(
    ({ note }) => note === "httpd-libgomp-key-exhaustion",
  );
  expect(lenses.map(({ span }) => cutOf(text)(span).slice(0, 11))).toEqual(["[Fri Dec 30"]);
});

test("the problem stands at the function at fault, with a link to read on and the other places", () => {
  const [found] = hypothesisDiagnostics(together, haproxy, "auto");
  expect(found && cutOf(haproxy)(found.place.span)).toBe("deflate_flush_or_finish");
  expect(found).toMatchObject({ note: ZLIB, severity: "warning" });
  expect(found?.reference).toMatch(/^https:\/\/github\.com\/haproxy\//);
  expect(found?.related.map(({ span }) => cutOf(haproxy)(span).slice(0, 2))).toContain("#3");
});

test("outside of stacks the problem stands at the line that counts most", () => {
  const text = source(log`
    [Fri Dec 30 03:47:08 2016] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart

    libgomp: could not create thread pool destructor.
  `);
  const found = hypothesisDiagnostics(judge([text]), text, "auto").find(
    ({ note }) => note === "httpd-libgomp-key-exhaustion",
  );
  expect(found && cutOf(text)(found.place.span)).toMatch(/^libgomp: could not create/);
});

test("each hypothesis is one problem in one text, and none where the user wants none", () => {
  const notes = [haproxy, apc].map((text) =>
    hypothesisDiagnostics(together, text, "on").map(({ note }) => note),
  );
  expect(notes[0]).toEqual([ZLIB]);
  expect(notes[1]?.[0]).toBe(APC);
  expect(hypothesisDiagnostics(together, apc, "off")).toEqual([]);
});

test("an unlikely hypothesis is not drawn into the text", () => {
  const unlikely = { ...best(together, ZLIB), confidence: 0.29 };
  const judgement = { sources: [], findings: [], hypotheses: [unlikely] };
  expect(hypothesisLenses(judgement, haproxy)).toEqual([]);
  expect(hypothesisDiagnostics(judgement, haproxy, "auto")).toEqual([]);
});

test("the card of a frame tells what it may mean, in one paragraph", () => {
  const at = haproxy.reading.clean.text.indexOf("deflate_flush_or_finish");
  const card = hypothesisCard(together, haproxy, at, true);
  const [head, paragraph, more] = card?.markdown.split("\n\n") ?? [];
  expect(head).toMatch(/^\*\*Could be the cause\*\* \(9\d %\) · a crash$/);
  expect(paragraph).toMatch(
    /^HAProxy flushes .*\. At the end of a response HAProxy calls `deflate` only to flush/,
  );
  expect(more).toBe("Go to Definition opens the whole case");
  expect(hypothesisCard(together, haproxy, at, false)?.markdown).not.toContain("Definition");
  const elsewhere = haproxy.reading.clean.text.indexOf("process_stream");
  expect(elsewhere > 0 && hypothesisCard(together, haproxy, elsewhere, true)).toBeNull();
});

test("a case names the competing explanations of its places, and no others", () => {
  const { text, links } = caseText(together, APC);
  const others = links.flatMap(({ target }) => (target.kind === "case" ? [target.note] : []));
  expect(others).toContain("apc-lock-holder-died");
  expect(others).not.toContain(ZLIB);
  expect(text).toContain("## Other explanations of the same places");
});

test("a case shows how its confidence comes about, and ends where it stands", () => {
  const { text } = caseText(together, ZLIB);
  const sure = /^(\d+ %) sure/m.exec(text)?.[1];
  expect(text).toContain(`## How sure, and why: ${sure}`);
  const steps = text.split("\n").filter((line) => /^- (?:for|against), \d+ % of/.test(line));
  expect(steps).toHaveLength(best(together, ZLIB).steps.length);
  expect(steps.at(-1)?.endsWith(`→ ${sure}`)).toBe(true);
});

test("a case says which values of a command are still to be put in", () => {
  const { text } = caseText(together, APC);
  expect(text).toMatch(/ps -o [^\n]* -p HOLDER\n```\n\nTo be put in, [^\n]*: `HOLDER`\n/);
});

test("documents are named by the last part of their address, readably", () => {
  const [first] = listedHypotheses(together);
  expect(first?.note).toBe(ZLIB);
  expect(first?.evidence.flatMap(({ places }) => places.map(({ name }) => name))).toContain(
    "crash of proxy.txt:5",
  );
});

/** A hypothesis about a text whose author wanted to write into the editor. */
function hostile(): { judgement: Judgement; text: NamedReading } {
  const line =
    "[evil](command:x) `` <img src=x> **bold** \u001b[31m \u202e&lt; # x http://evil.example";
  const text = source(`${line}\n`, `file:///tmp/%5Bx%5D(command%3Ay)%0A%23`);
  const place = {
    source: text,
    span: { from: 0, to: line.length + 1 },
    says: `${line}\n# ${line}`,
  };
  const model = best(together, ZLIB);
  const hypothesis = {
    ...model,
    title: `# ${line}\n${line}`,
    evidence: [place],
    against: [place],
    steps: [{ says: place.says, weight: 0.5, for: true, confidence: 0.4 }],
    commands: [
      {
        run: `echo ${line}\n\`\`\`\n# x`,
        where: "shell" as const,
        why: line,
        expect: line,
        missing: [line],
      },
    ],
    references: [],
    note: { ...model.note, body: { see: "", why: "[run](command:x)", confirm: "", fix: "" } },
  };
  return { judgement: { sources: [], findings: [], hypotheses: [hypothesis] }, text };
}

test("nothing that a text says is Markdown in a case", () => {
  const { text } = caseText(hostile().judgement, ZLIB);
  const prose = text
    .replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, "")
    .replace(/(`{3,})[^\n]*?\1/g, "")
    .replace("[run](", "");
  expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)<img|(?<!\\)\*\*|(?<!\\)&lt;|[^\\]:\/\/evil/);
  expect(prose.split("\n").filter((line) => line.startsWith("# "))).toHaveLength(1);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  expect(text).toContain("[run](command x)");
});

test("nothing that a text says breaks out of a card, a list or a problem", () => {
  const { judgement, text } = hostile();
  const card = hypothesisCard(judgement, text, 3, true)?.markdown ?? "";
  const own = card.replace("[run](command:x)", "").replace("**Could be the cause**", "");
  expect(own).not.toMatch(/(?<!\\)\]\(|(?<!\\)<img|(?<!\\)\*\*/);
  const shown = JSON.stringify([
    listedHypotheses(judgement).map(({ evidence, ...item }) => [
      item.title,
      item.commands,
      evidence.map(({ says, places }) => [says, places.map(({ name, line }) => [name, line])]),
    ]),
    hypothesisDiagnostics(judgement, text, "on").map(({ message }) => message),
    hypothesisLenses(judgement, text).map(({ title }) => title),
  ]);
  expect(shown).not.toMatch(/\\u00[01]|\\n|\u202e/);
});
