import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf } from "../../../server/src/features/frameBlocks";
import type { NumberedFrame } from "../../../server/src/features/frameLists";
import { hoverSteps } from "../../../server/src/features/hover/beforehand";
import { hover } from "../../../server/src/features/hover/hover";
import { framePlaces, framesWith } from "../../../server/src/features/locate";
import { framesAtSource, framesIn, stacksWith } from "../../../server/src/features/stackCounts";
import { framesWithNumber, numericValue } from "../../../server/src/features/values";
import { frameLabel } from "../../../server/src/find/groups";
import type { Frame } from "../../../server/src/read/frame";
import type { Reading } from "../../../server/src/read/model";
import { PiecedText } from "../../../server/src/read/piecedText";
import { read } from "../../../server/src/read/read";
import { reread } from "../../../server/src/read/reread";
import { atOnce, type Steps } from "../../../server/src/read/steps";
import { log } from "../fixture";

const fixture = (path: string): string => readFileSync(path, "utf8");

const FLEET = fixture("examples/backtraces.save").repeat(15);
const FULL = fixture("test/fixtures/gdb/13.1/mt-run.txt").repeat(8);

/** A text with what it was read as, after edits that were read one by one. */
class Edited {
  reading: Reading;
  private content: PiecedText;

  constructor(text: string) {
    this.content = PiecedText.of(text);
    this.reading = read(text);
  }

  get text(): string {
    return this.content.toString();
  }

  edit(from: number, to: number, inserted: string): void {
    this.content = this.content.edited(from, to, inserted);
    this.reading = reread(this.reading, this.content, { from, to, inserted });
  }
}

/** What is counted of each frame's function, file and line, in the order of the frames. */
function counts(reading: Reading): unknown[] {
  return framePlaces(reading).map(({ frame }) => [
    stacksWith(reading, frameLabel(frame)),
    framesIn(reading, frame.library ?? ""),
    framesAtSource(reading, frame),
  ]);
}

test.each([
  ["a fleet", FLEET],
  ["bt full", FULL],
])("what is counted of %s is counted anew where somebody typed", (_, text) => {
  const words = ["x", "malloc", "\n#3  0x00007f2912345678 in other (p=0x7f2912345678) at a.c:7\n"];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(text.length - 100), fc.nat(90), fc.constantFrom("", ...words)), {
        minLength: 1,
        maxLength: 6,
      }),
      (edits) => {
        const edited = new Edited(text);
        counts(edited.reading);
        for (const [i, [from, length, inserted]] of edits.entries()) {
          edited.edit(from, from + length, inserted);
          // Somebody may ask after each key, or after some.
          if (i % 2 === 0) counts(edited.reading);
        }
        expect(counts(edited.reading)).toEqual(counts(read(edited.text)));
      },
    ),
    { numRuns: 10 },
  );
});

test("after a key only the blocks around it are others than before", () => {
  const edited = new Edited(FLEET);
  const before = new Set(blocksOf(edited.reading).map(({ block }) => block));
  expect(before.size).toBeGreaterThan(10);
  edited.edit(FLEET.length >> 1, FLEET.length >> 1, "x");
  const after = blocksOf(edited.reading).map(({ block }) => block);
  const others = after.filter((block) => !before.has(block)).length;
  expect(others).toBeGreaterThan(0);
  expect(others).toBeLessThan(4);
});

const startsOf = (found: Steps<NumberedFrame[]>): number[] =>
  atOnce(found).map(({ list, i }) => list.startOf(i));

test.each([
  ["a fleet", FLEET],
  ["bt full", FULL],
])("a number is found in %s wherever it stands", (_, text) => {
  const edited = new Edited(text);
  edited.edit(text.length >> 2, text.length >> 2, "x");
  const { reading } = edited;
  const numbersOf = ({ address, arguments: values, locals }: Frame): bigint[] =>
    [address, ...[...(values ?? []), ...(locals ?? [])].map(({ value }) => value)].flatMap(
      (value) => numericValue(value ?? "") ?? [],
    );
  const places = framePlaces(reading).map((place) => ({ place, numbers: numbersOf(place.frame) }));
  const all = [...new Set(places.flatMap(({ numbers }) => numbers))].filter((it) => it > 0xffffn);
  expect(all.length).toBeGreaterThan(10);
  for (const number of all.filter((_, i) => i % Math.ceil(all.length / 100) === 0)) {
    const having = places.filter(({ numbers }) => numbers.includes(number));
    const found = startsOf(framesWithNumber(reading, number));
    expect(found).toEqual(expect.arrayContaining(having.map(({ place }) => place.frame.start)));
    const digits = [number.toString(16), number.toString(16).toUpperCase(), `${number}`];
    expect(startsOf(framesWith(reading, digits))).toEqual(expect.arrayContaining(found));
  }
});

const functionsWith = (reading: Reading, number: bigint): (string | null)[] =>
  atOnce(framesWithNumber(reading, number)).map(({ list, i }) => list.at(i).frame.function);

test.each([
  ["in hex without zeros", "0x7f2912345678"],
  ["in hex with zeros", "0x00007f2912345678"],
  ["in upper-case hex", "0x7F29ABCDEF12"],
  ["in decimal", "139814523623032"],
])("a number %s is found in another process", (_, value) => {
  const process = (pid: number, argument: string) =>
    `=== pid ${pid} ===\n#0  0x0000000000401136 in f${pid} (p=${argument}) at a.c:4\n\n`;
  const number = numericValue(value) as bigint;
  const hex = `0x${number.toString(16)}`;
  const reading = read(process(71, value) + process(72, "0x10") + process(73, hex));
  expect(functionsWith(reading, number)).toEqual(["f71", "f73"]);
});

test("an address is found in reports of the kernel", () => {
  const report = (time: number, address: string) => log`
    [  ${String(time)}.100000] BUG: unable to handle kernel NULL pointer dereference at 0000000000000008
    [  ${String(time)}.100001] Call Trace:
    [  ${String(time)}.100002]  [<${address}>] demo_write+0x1c/0x60
    [  ${String(time)}.100003]  [<ffffffff8108a1b4>] kthread+0xd4/0xe0

  `;
  const reading = read(report(100, "ffffffff81234567") + report(200, "ffffffff81234568"));
  expect(functionsWith(reading, 0xffffffff81234568n)).toEqual(["demo_write"]);
  expect(functionsWith(reading, 0xffffffff8108a1b4n)).toEqual(["kthread", "kthread"]);
});

test("what was worked out beforehand changes no hover", () => {
  const [one, other] = [read(FULL), read(FULL)];
  atOnce(hoverSteps(one));
  for (let at = 0; at < FULL.length / 8; at += 97) expect(hover(one, at)).toEqual(hover(other, at));
});
