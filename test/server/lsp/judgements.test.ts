import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Hover, Location } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Judgements } from "../../../server/src/lsp/judgements";
import type { Hypothesis } from "../../../server/src/notes/hypothesis";
import { type Judgement, judge } from "../../../server/src/notes/judge";
import { Session } from "./session";
import { Typist } from "./typist";
import { crash } from "./zlibCrash";

/** How often judging was begun and ended, and the time that each step of it seems to take. */
const count = vi.hoisted(() => ({ begun: 0, ended: 0, millisecondsAStep: 0 }));

vi.mock("../../../server/src/notes/judge", async (original) => {
  const real = await original<typeof import("../../../server/src/notes/judge")>();
  const judgeSteps = function* (...args: Parameters<typeof real.judgeSteps>) {
    count.begun++;
    const steps = real.judgeSteps(...args);
    for (let step = steps.next(); ; step = steps.next()) {
      if (count.millisecondsAStep > 0) vi.setSystemTime(Date.now() + count.millisecondsAStep);
      if (step.done) {
        count.ended++;
        return step.value;
      }
      yield;
    }
  };
  return { ...real, judgeSteps };
});

const note = "haproxy-zlib-flush-stale-input";
const outage =
  "2024-03-09 11:47:33: (gw_backend.c.327) establishing connection failed: socket: unix:/run/php.sock: Connection refused\n";
const one = "file:///home/me/one.txt";
const other = "file:///home/me/other.log";

beforeEach(() => Object.assign(count, { begun: 0, ended: 0, millisecondsAStep: 0 }));
afterEach(() => vi.useRealTimers());

/** What a judgement says, with the texts that its places are cut out of. */
const said = ({ hypotheses }: Pick<Judgement, "hypotheses">) =>
  hypotheses.map(({ note: { id }, confidence, evidence }) => [id, confidence, quoted(evidence)]);

const quoted = (evidence: Hypothesis["evidence"]) =>
  evidence.map(({ source, span }) => [
    source.path,
    span,
    source.reading.clean.text.slice(span.from, span.to),
  ]);

describe("judging in the background", () => {
  let typist: Typist;
  let judgements: Judgements;
  let heard: Judgement[];

  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "Date"],
    });
    count.millisecondsAStep = 3;
    typist = new Typist();
    judgements = new Judgements(typist.documents, { error: (message) => expect.fail(message) });
    heard = [];
    judgements.onChange((judgement) => heard.push(judgement));
  });

  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  test("comes to what judging at once comes to", async () => {
    typist.open(one, crash);
    typist.open(other, outage);
    await pass(5000);
    const expected = judge(typist.documents.all());
    expect(expected.hypotheses).not.toEqual([]);
    expect(heard).toHaveLength(1);
    expect(said(heard[0] as Judgement)).toEqual(said(expected));
    expect(judgements.latest().findings).toEqual(expected.findings);
  });

  test("others have their turn in between", async () => {
    typist.open(one, crash);
    let turns = 0;
    const takeTurn = (): void => {
      if (count.ended > 0) return;
      turns++;
      setImmediate(takeTurn);
    };
    setImmediate(takeTurn);
    await pass(5000);
    expect(turns).toBeGreaterThan(10);
  });

  test("begins anew after a change, and only the last one is told", async () => {
    typist.open(one, crash);
    await pass(20);
    expect([count.begun, count.ended]).toEqual([1, 0]);
    typist.type(one, 0, 0, "\n");
    typist.open(other, outage);
    await pass(100);
    expect(count.begun).toBe(1);
    await pass(5000);
    expect([count.begun, count.ended]).toEqual([2, 1]);
    expect(heard.map(said)).toEqual([said(judge(typist.documents.all()))]);
  });

  test("begins anew with other notes", async () => {
    typist.open(one, crash);
    await pass(20);
    judgements.notes = judgements.notes.filter(({ id }) => id !== note);
    await pass(5000);
    expect([count.begun, count.ended]).toEqual([2, 1]);
    expect(heard.map(({ hypotheses }) => hypotheses.some((each) => each.note.id === note))).toEqual(
      [false],
    );
  });

  test("is not done again where nothing has changed", async () => {
    typist.open(one, crash);
    await pass(5000);
    typist.open("git:/home/me/one.txt", crash);
    typist.close("git:/home/me/one.txt");
    await pass(5000);
    expect(count.begun).toBe(1);
    expect(heard).toHaveLength(1);
  });

  test("who types on and on hears of it, too, and in the end of the text as it stands", async () => {
    typist.open(one, crash);
    for (let key = 0; key < 100; key++) {
      typist.type(one, key, key, " ");
      await pass(100);
    }
    const before = heard.length;
    expect(before).toBeGreaterThan(1);
    await pass(5000);
    expect(heard.length).toBeGreaterThan(before);
    expect(said(judgements.latest())).toEqual(said(judge(typist.documents.all())));
    expect(said(heard.at(-1) as Judgement)).toEqual(said(judgements.latest()));
  });

  test("who waits for it gets that of the text as it stands", async () => {
    typist.open(one, outage);
    await pass(5000);
    typist.type(one, 0, 0, crash);
    let isSettled = false;
    void judgements.settled().then(() => {
      isSettled = true;
    });
    await pass(299);
    expect(isSettled).toBe(false);
    await pass(5000);
    expect(isSettled).toBe(true);
    expect(said(judgements.latest())).toEqual(said(judge(typist.documents.all())));
  });

  test("a document that is closed speaks for nothing any more, at once", async () => {
    typist.open(one, crash);
    typist.open(other, outage);
    await pass(5000);
    typist.close(one);
    const uris = judgements
      .latest()
      .hypotheses.flatMap(({ evidence }) => evidence.map(({ source }) => source.path));
    expect(new Set(uris)).toEqual(new Set([other]));
  });

  test("places move with any edits, and never to another text", async () => {
    typist.open(one, `some words\n\n${crash}\nmore words\n`);
    await pass(5000);
    const places = (): string[] =>
      judgements
        .latest()
        .hypotheses.flatMap(({ evidence }) => quoted(evidence).map(([, , text]) => text as string));
    const before = new Set(places());
    const edit = fc.record({
      at: fc.nat(),
      length: fc.integer({ min: 0, max: 40 }),
      text: fc.constantFrom("", "x", "\n", "two\nlines\n", "#9  0x1 in f ()\n"),
    });
    fc.assert(
      fc.property(edit, ({ at, length, text }) => {
        const size = typist.documents.texts.get(one)?.getText().length ?? 0;
        const from = at % (size + 1);
        typist.type(one, from, Math.min(size, from + length), text);
        for (const place of places()) expect(before).toContain(place);
      }),
      { numRuns: 60 },
    );
    expect(count.begun).toBe(1);
  });
});

describe("a question right after an edit", () => {
  let session: Session;
  afterEach(async () => {
    // What the server would do for this session later is not to be counted in the next one.
    await session.ask("shutdown", {});
    session.close();
  });

  const document = TextDocument.create(one, "backtrace", 1, crash);
  const at = (words: string, text = document) => ({
    position: text.positionAt(text.getText().indexOf(words) + 1),
  });

  async function openAndEdit(edited: string): Promise<TextDocument> {
    session = await Session.open(crash, {}, {}, { showsCases: true });
    const hover = await session.about<Hover>("hover", at("deflate ()"));
    expect(JSON.stringify(hover)).toContain("Could be the cause");
    await session.replace(edited);
    count.begun = 0;
    return TextDocument.create(one, "backtrace", 2, edited);
  }

  test("is answered with the last judgement, at the place where the text stands now", async () => {
    const text = await openAndEdit(`Two lines\nabove.\n${crash}`);
    const hover = await session.about<Hover>("hover", at("deflate ()", text));
    expect(JSON.stringify(hover)).toContain("Could be the cause");
    expect(text.getText(hover.range)).toContain("deflate");
    const references = await session.about<Location[]>("references", {
      ...at("deflate ()", text),
      context: { includeDeclaration: true },
    });
    const lines = references.map(({ range }) => text.getText(range));
    expect(lines).toContain("#3  0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1");
    for (const line of lines) expect(line).toMatch(/^(?:#\d|Program terminated)/);
    const definition = await session.about<Location[]>("definition", at("deflate ()", text));
    expect(definition[0]?.uri).toContain("backtrace-case:");
    await session.about("completion", at("deflate ()", text));
    expect(count.begun).toBe(0);
  });

  test("leaves out what the edit touched", async () => {
    const text = await openAndEdit(crash.replace("in deflate ()", "in inflate ()"));
    const hover = await session.about<Hover>("hover", at("inflate ()", text));
    expect(JSON.stringify(hover)).toContain("inflate");
    expect(JSON.stringify(hover)).not.toContain("Could be the cause");
    expect(count.begun).toBe(0);
  });

  test("about the judgement itself waits for the new one", async () => {
    await openAndEdit("nothing at all\n");
    const { text } = await session.ask<{ text: string }>("backtraceReader/case", { note });
    expect(text).toContain("No hypothesis any more");
    expect(count.begun).toBe(1);
  });
});
