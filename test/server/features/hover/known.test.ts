import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { addressLooks } from "../../../../server/src/features/hover/known/addresses";
import type {
  AddressFile,
  CommandFile,
  MessageFile,
  ValueFile,
} from "../../../../server/src/features/hover/known/data";
import { commandKnown, messageKnown } from "../../../../server/src/features/hover/known/session";
import { numberName } from "../../../../server/src/features/hover/known/values";
import { stopSignal } from "../../../../server/src/read/gdb/headers";

const root = path.join(import.meta.dirname, "../../../../knowledge");
const load = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const FOLDERS = [
  "values",
  "signals",
  "errno",
  "gdb-commands",
  "gdb-variables",
  "gdb-messages",
  "addresses",
  "registers",
  "tables",
];
const filesOf = (folder: string) => readdirSync(path.join(root, folder)).sort();

describe.each(FOLDERS)("knowledge/%s", (folder) => {
  const validate = new Ajv({ allErrors: true }).compile(
    load(`schema/${folder}.schema.json`) as object,
  );
  test.each(filesOf(folder))("%s keeps to its schema", (file) => {
    validate(load(`${folder}/${file}`));
    expect(validate.errors).toBeNull();
  });
});

const values = filesOf("values").flatMap((file) => (load(`values/${file}`) as ValueFile).values);

test.each(values)("every number of $id is found by its argument and function", (entry) => {
  const caller = entry.functions?.[0]?.replaceAll("*", "x");
  for (const [number, name] of Object.entries(entry.values)) {
    const found = numberName(entry.arguments[0] as string, Number(number), caller ? [caller] : []);
    expect(found?.name).toBe(name);
  }
});

test("every flag is one bit, so that flags can be taken apart", () => {
  const bits = values.flatMap(({ flags }) => Object.keys(flags ?? {}).map(Number));
  expect(bits.length).toBeGreaterThan(10);
  expect(bits.filter((bit) => bit <= 0 || (bit & (bit - 1)) !== 0)).toEqual([]);
});

test("a number with a bit that has no name is not named in part", () => {
  expect(numberName("oflag", 577, ["open"])?.name).toBe("O_WRONLY | O_CREAT | O_TRUNC");
  expect(numberName("oflag", 577 + 2 ** 29, ["open"])).toBeNull();
});

const commands = (load("gdb-commands/gdb.json") as CommandFile).commands;

test("every command of gdb is found by each of its names, and no name has two meanings", () => {
  const names = commands.flatMap((command) => command.names);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  for (const { names: all, means } of commands) {
    for (const name of all) expect(commandKnown(`${name} 1`)?.means).toBe(means);
  }
});

test("every message is found by the words it begins with, and none hides behind an earlier one", () => {
  const { messages } = load("gdb-messages/gdb.json") as MessageFile;
  for (const message of messages) {
    for (const begins of message.begins) {
      expect(messageKnown(`${begins.replace("*", " 7 ")} ...`)).toEqual(message);
    }
  }
});

test("the ranges of addresses do not overlap, and every marker is recognised", () => {
  const { ranges, patterns } = load("addresses/x86-64.json") as AddressFile;
  const ends = ranges
    .map(({ from, to }) => ({ from: BigInt(from), to: BigInt(to) }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  expect(ends.filter(({ from, to }) => from > to)).toEqual([]);
  expect(ends.filter(({ from }, i) => i > 0 && from <= (ends[i - 1]?.to ?? -1n))).toEqual([]);
  for (const { value, means } of patterns) expect(addressLooks(BigInt(value))).toContain(means);
});

test("the signals that old versions of gdb print by number are those of the table", () => {
  const { signals } = load("signals/linux.json") as { signals: { number: number; name: string }[] };
  const read = signals.map(({ number }) => ({
    number,
    name: stopSignal(`Program terminated with signal ${number}, x.`)?.signal,
  }));
  const told = read.filter(({ name }) => name !== undefined);
  expect(told.length).toBeGreaterThan(10);
  expect(signals.map(({ number, name }) => ({ number, name }))).toEqual(
    expect.arrayContaining(told),
  );
});
