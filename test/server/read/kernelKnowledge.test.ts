import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { knowledge, taintMeanings } from "../../../server/src/read/kernel/data";
import { errorBits, errorMeaning } from "../../../server/src/read/kernel/pageFault";
import { readKernel } from "./kernelRecords";

const FOLDER = "knowledge/kernel";
const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

describe("what is known of the kernel's messages", () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    json("knowledge/schema/kernel.schema.json"),
  );

  test.each(readdirSync(FOLDER))("%s keeps to the schema", (file) => {
    validate(json(`${FOLDER}/${file}`));
    expect(validate.errors).toBe(null);
  });

  const samples = knowledge.reports.flatMap(({ kind, samples }) =>
    samples.map((sample) => [kind, sample] as const),
  );

  test.each(samples)("%s claims its sample: %s", (kind, sample) => {
    const { records } = readKernel(`[    1.000000] ${sample}\n`);
    expect(records.map((record) => record.kind)).toEqual([kind]);
  });

  test.each(knowledge.reports.map((report) => [report.kind, report] as const))(
    "the fields of %s can be read from one of its samples",
    (_, { reads = [], samples }) => {
      const useless = reads.filter(
        (source) => !samples.some((text) => new RegExp(source).test(text)),
      );
      expect(useless).toEqual([]);
    },
  );

  test("no function is in two groups of machinery", () => {
    const all = knowledge.machinery.flatMap((group) => group.functions);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });
});

test("the letters of a tainted kernel are explained in their order", () => {
  expect(taintMeanings("GWO").map((letter) => letter.name)).toEqual(["GPL", "WARN", "OOT_MODULE"]);
});

describe("a page fault's error code", () => {
  test("is explained bit by bit, the clear ones too", () => {
    expect(errorBits(0x14)).toEqual(["USER", "INSTR"]);
    expect(errorMeaning(6)).toEqual([
      "No page was mapped there.",
      "The access was a write.",
      "The program made the access.",
    ]);
  });

  test("knows the bit that is beyond a signed number", () => {
    expect(errorBits(0x80000000)).toEqual(["RMP"]);
  });
});
