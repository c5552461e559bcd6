import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { findAll } from "../../../server/src/find/find";
import { knownFindings } from "../../../server/src/find/known";
import { dyingBackends, kept, source } from "./sources";

const values = new Map(
  knownFindings.map(({ kind, values }) => [kind, values.map(({ name }) => name)]),
);

test("the data follow their schema", () => {
  const schema = JSON.parse(readFileSync("knowledge/schema/findings.schema.json", "utf8"));
  const data = JSON.parse(readFileSync("knowledge/findings/findings.json", "utf8"));
  expect(new Ajv().validate(schema, data)).toBe(true);
  expect(values.size).toBe(knownFindings.length);
});

const texts = ["gdb", "apache", "lighttpd", "kernel", "tables"].flatMap((folder) =>
  readdirSync(`test/fixtures/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:txt|log)$/.test(name))
    .map((name) => kept(`${folder}/${name}`)),
);

test("say what each finding in the kept texts is, and name exactly its values", () => {
  const found = [...texts, dyingBackends()].flatMap((text) => findAll([source(text)]));
  expect(found.length).toBeGreaterThan(100);
  for (const finding of found) {
    expect(values.get(finding.kind), finding.kind).toBeDefined();
    expect(Object.keys(finding.values).sort(), finding.kind).toEqual(
      [...(values.get(finding.kind) as string[])].sort(),
    );
  }
});
