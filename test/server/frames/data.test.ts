import idleFiles from "knowledge:idle-stacks";
import roleFiles from "knowledge:roles";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import type { FrameFile } from "../../../server/src/frames/data";
import { frameFact } from "../../../server/src/frames/facts";
import { plainName } from "../../../server/src/frames/names";

const root = path.join(import.meta.dirname, "../../../knowledge");
const load = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const list = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => `${folder}/${file}`);

const frameFiles = list("frames");
const entriesOf = (file: string) => (load(file) as FrameFile).frames;
const namesOf = (file: string) => entriesOf(file).flatMap((entry) => entry.names ?? []);
const repeated = (values: readonly string[]) =>
  values.filter((value, i) => values.indexOf(value) !== i);

// A frame needs names or patterns: the schema says so in branches, which the strictest check of required keys rejects.
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  formats: { uri: /^https:\/\/\S+$/ },
});
const validators = Object.fromEntries(
  ["frames", "roles", "idle-stacks"].map((folder) => [
    folder,
    ajv.compile(load(`schema/${folder}.schema.json`) as object),
  ]),
);

test.each([...frameFiles, ...list("roles"), ...list("idle-stacks")])(
  "%s keeps to its schema",
  (file) => {
    const validate = validators[path.dirname(file)]!;
    validate(load(file));
    expect(validate.errors ?? []).toEqual([]);
  },
);

test.each(frameFiles)("%s explains no function twice", (file) => {
  const patterns = entriesOf(file).flatMap((entry) => entry.patterns ?? []);
  expect(repeated([...namesOf(file), ...patterns])).toEqual([]);
});

test.each(frameFiles)("%s writes its names plain", (file) => {
  expect(namesOf(file).filter((name) => plainName(name) !== name)).toEqual([]);
});

test.each(frameFiles)("%s uses only roles that exist", (file) => {
  const roles = roleFiles.flatMap((roleFile) => roleFile.roles.map((role) => role.id));
  expect(entriesOf(file).filter((entry) => !roles.includes(entry.role))).toEqual([]);
});

test("each library has one file", () => {
  expect(repeated(frameFiles.map((file) => (load(file) as FrameFile).library))).toEqual([]);
});

test("a strict entry names the objects in which it counts", () => {
  const lost = frameFiles.filter((file) => {
    const { strict, objects, frames } = load(file) as FrameFile;
    return objects.length === 0 && (strict || frames.some((entry) => entry.strict));
  });
  expect(lost).toEqual([]);
});

test("each pattern explains a name made from it", () => {
  const unexplained = frameFiles.flatMap((file) => {
    const { library, objects, frames } = load(file) as FrameFile;
    const object = objects[0] ?? null;
    const samples = frames.flatMap((entry) => entry.patterns ?? []);
    return samples.filter((pattern) => {
      const fact = frameFact(pattern.replaceAll("*", "zyx"), object);
      return fact?.library !== library;
    });
  });
  expect(unexplained).toEqual([]);
});

test("the functions of idle stacks are explained, except for alternatives under other names", () => {
  const steps = idleFiles.flatMap((file) => file.stacks.flatMap((stack) => stack.frames));
  const unknown = steps.filter((step) =>
    step.split("|").every((name) => !frameFact(name) && !frameFact(name, "vmlinux")),
  );
  expect(unknown).toEqual([]);
});
