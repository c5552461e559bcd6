import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { apacheKinds } from "../../../server/src/read/apache/record";
import { lighttpdKinds } from "../../../server/src/read/lighttpd/record";
import { kindFinder, Message, type MessageKind } from "../../../server/src/read/messageKinds";

const root = path.join(import.meta.dirname, "../../../knowledge");
const files = ["apache", "lighttpd"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.join(root, folder, file)),
);
const json = (file: string) => JSON.parse(readFileSync(file, "utf8")) as { $schema: string };

test.each(files.map((file) => path.relative(root, file)))("%s keeps to its schema", (name) => {
  const file = path.join(root, name);
  const validate = new Ajv({ allErrors: true }).compile(
    json(path.join(path.dirname(file), json(file).$schema)),
  );
  validate(json(file));
  expect(validate.errors ?? []).toEqual([]);
});

describe.each([
  ["apache", apacheKinds],
  ["lighttpd", lighttpdKinds],
] as const)("the kinds of %s", (_, kinds: readonly MessageKind[]) => {
  test("are each written once", () => {
    const names = kinds.map((kind) => kind.kind);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("have number fields that their patterns name", () => {
    const lost = kinds.flatMap(({ kind, numbers = [], fields = [] }) =>
      numbers
        .filter((name) => !fields.join().includes(`(?<${name}>`))
        .map((name) => `${kind} ${name}`),
    );
    expect(lost).toEqual([]);
  });

  // The reader looks for numbers that are too large only where many digits stand.
  test("have number fields that are nothing but digits", () => {
    const others = kinds.flatMap(({ kind, numbers = [], fields = [] }) =>
      numbers
        .filter(
          (name) =>
            fields.join("").split(`(?<${name}>`).length >
            fields.join("").split(`(?<${name}>\\d+)`).length,
        )
        .map((name) => `${kind} ${name}`),
    );
    expect(others).toEqual([]);
  });

  test("leave the sender to the shipper's prefix", () => {
    const named = kinds.filter(({ fields = [] }) => /\?<(?:host|unit)>/.test(fields.join()));
    expect(named).toEqual([]);
  });

  // A class that repeats without end before something that must follow is tried anew at every place of a long line.
  test("have patterns that are anchored, or repeat a class without end only at their own", () => {
    const patterns = kinds
      .flatMap((kind) => kind.fields ?? [])
      .filter((pattern) => !pattern.startsWith("^"));
    const free = /(?:\[[^\]]+\]|\.)[+*]\??(?!\)?\$?$)/;
    expect(patterns.filter((pattern) => free.test(pattern))).toEqual([]);
  });
});

test("of two kinds that fit, the one with more conditions is meant", () => {
  const kind = (name: string, has: string[]): MessageKind => ({
    kind: name,
    about: ".",
    weight: "failure",
    when: [{ has }],
    samples: [],
  });
  const kindOf = kindFinder([
    { kinds: [kind("fatal", ["PHP"]), kind("memory", ["PHP", "memory"])] },
  ]);
  const message = new Message();
  const named = (text: string) => {
    message.place(text, 0, text.length);
    return kindOf(message)?.kind ?? null;
  };
  expect([named("PHP memory"), named("PHP"), named("memory")]).toEqual(["memory", "fatal", null]);
});
