import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutPart } from "../../../server/src/digest/part";
import { pieces, TextIndex } from "../../../server/src/digest/textIndex";
import { splitLines } from "../../../server/src/read/lines";
import { Positions } from "../../../server/src/read/positions";

/** Small, so that a few lines are many pieces. */
const PIECE = 7;

/** The text from a byte of its UTF-8 on, in small parts. */
const open = (text: string) =>
  async function* (byte: number): AsyncGenerator<string> {
    const rest = Buffer.from(text).subarray(byte).toString();
    const length = rest.length > 10_000 ? 50_000 : 3;
    for (let at = 0; at < rest.length; at += length) yield rest.slice(at, at + length);
  };

async function indexOf(text: string): Promise<TextIndex> {
  const index = new TextIndex(PIECE);
  for await (const piece of pieces(open(text)(0), PIECE)) index.add(piece);
  return index;
}

const line = (number: number, character = 0) => ({ line: number, character });

const text = (parts: readonly string[]) => parts.join("");
const anyText = fc
  .array(fc.constantFrom("a", "bc", "ä", "€", "\n", "\r\n", "\r", "def ghi", "\n\n"), {
    maxLength: 60,
  })
  .map(text);

describe("an index of a text", () => {
  test("knows its lines, wherever it was cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (whole) => {
        const index = await indexOf(whole);
        expect(index.lines).toBe(splitLines(whole).count);
        expect(index.characters).toBe(whole.length);
      }),
    );
  });

  test("leads to the piece that a place is in", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(), async (whole, number) => {
        fc.pre(whole.length > 0);
        const index = await indexOf(whole);
        const offset = number % whole.length;
        const place = new Positions(whole).at(offset);
        // The second half of a line break is no place of its own.
        fc.pre(whole[offset] !== "\n" || whole[offset - 1] !== "\r");
        expect(index.pieceOf(place)).toBe(Math.floor(offset / PIECE));
      }),
    );
  });

  test("can be sent to another thread", async () => {
    const index = await indexOf("one\ntwo\r\nthree\nfour\n");
    const copy = TextIndex.from(structuredClone(index.data()));
    expect(copy.lines).toBe(4);
    expect(copy.pieceOf(line(3))).toBe(index.pieceOf(line(3)));
    expect(copy.holds(1, "\r\nthree")).toBe(true);
    expect(copy.holds(1, "\r\nthreE")).toBe(false);
  });
});

describe("a part of a text", () => {
  const whole = "zero\none\r\ntwo äöü €\nthree\nfour\rfive\n";

  test("is the lines that were asked for, with and without an index", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(30), fc.nat(10), async (all, first, count) => {
        fc.pre(all.length > 0);
        const { starts, ends, count: lines } = splitLines(all);
        fc.pre(first + count < lines);
        const range = { start: line(first), end: line(first + count) };
        const index = await indexOf(all);
        for (const known of [index, null]) {
          const part = await cutPart(open(all), range, known);
          const wanted = all.slice(starts[first], ends[first + count]);
          expect(part?.text.slice(0, wanted.length)).toBe(wanted);
          expect(part?.start).toEqual(range.start);
        }
      }),
    );
  });

  test("ends with its last line's break, and knows whether more comes", async () => {
    const index = await indexOf(whole);
    const two = await cutPart(open(whole), { start: line(2), end: line(2, 3) }, index);
    expect(two).toMatchObject({ text: "two äöü €\n", isCut: false, hasMore: true, header: "" });
    const last = await cutPart(open(whole), { start: line(4), end: line(99) }, index);
    expect(last).toMatchObject({ text: "four\rfive\n", end: line(6), hasMore: false });
  });

  test("is found where the text has bytes that are no UTF-8, too", async () => {
    const index = await indexOf(whole);
    // Latin-1: what the index takes for two bytes is one.
    const latin = async function* (byte: number): AsyncGenerator<string> {
      const bytes = Buffer.from(whole.replace("€", "E"), "latin1").subarray(byte);
      yield bytes.toString("latin1");
    };
    const other = new TextIndex(PIECE);
    for await (const piece of pieces(latin(0), PIECE)) other.add(piece);
    const part = await cutPart(latin, { start: line(3), end: line(3) }, other);
    expect(part?.text).toBe("three\n");
    expect(index.lines).toBe(other.lines);
  });

  test("is nothing where the text is another one by now", async () => {
    const index = await indexOf(whole);
    const range = { start: line(3), end: line(3) };
    expect(await cutPart(open(whole.replace("three", "THREE")), range, index)).toBeNull();
    expect(await cutPart(open("short"), range, index)).toBeNull();
  });

  test("is the same where only more was written behind it", async () => {
    const index = await indexOf(whole);
    const range = { start: line(4), end: line(99) };
    const part = await cutPart(open(`${whole}six\n`), range, index);
    expect(part?.text.startsWith("four\rfive\n")).toBe(true);
  });

  test("is cut at a line's end where it is too long, and in the line where there is none", async () => {
    const range = { start: line(0), end: line(99) };
    const part = await cutPart(open(whole), range, null, 12);
    expect(part).toMatchObject({ text: "zero\none\r\n", isCut: true, hasMore: true, end: line(2) });
    const wide = await cutPart(open("x".repeat(50)), range, null, 12);
    expect(wide).toMatchObject({ text: "x".repeat(12), isCut: true, end: line(0, 12) });
  });

  test("of a CSV export comes with the header", async () => {
    const csv = `time,message\n${'1,"a said"\n2,"b said"\n'.repeat(60_000)}`;
    const index = new TextIndex();
    for await (const piece of pieces(open(csv)(0))) index.add(piece);
    const range = { start: line(110_000), end: line(110_000) };
    for (const known of [index, null])
      expect(await cutPart(open(csv), range, known)).toMatchObject({
        header: "time,message\n",
        text: '2,"b said"\n',
      });
    const first = await cutPart(open(csv), { start: line(0), end: line(1) }, index);
    expect(first).toMatchObject({ header: "", text: 'time,message\n1,"a said"\n' });
  });
});
