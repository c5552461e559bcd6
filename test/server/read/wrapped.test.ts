import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { read } from "../../../server/src/read/read";

const fleet = readFileSync("examples/backtraces.save", "utf8");

/** Cut where a terminal of 80 columns has its edge. */
const cut = fleet.replace(/.{80}(?=.)/g, "$&\n");

const functionsOf = (text: string): string[] =>
  read(text).processes.flatMap(({ threads }) =>
    threads.flatMap(({ frames }) =>
      frames.map(({ function: name, arguments: list, file }) => {
        const values = list?.map(({ name, value }) => `${name}=${value}`);
        return `${name} (${values}) at ${file}`;
      }),
    ),
  );

test("a fleet's backtraces that a terminal cut say what they said before", () => {
  expect(functionsOf(cut)).toEqual(functionsOf(fleet));
});

test("a letter that is typed into a line that was cut changes no other frame", () => {
  const at = cut.indexOf("key={data") + 20;
  const typed = functionsOf(`${cut.slice(0, at)}x${cut.slice(at)}`);
  const differ = functionsOf(fleet).filter((said, i) => said !== typed[i]);
  expect(differ).toHaveLength(1);
});

test("a longer line that was put in from elsewhere changes no other frame", () => {
  const [frame = ""] = /^#4 .*$/m.exec(fleet) ?? [];
  const at = cut.lastIndexOf("\n#5") + 1;
  const whole = `${frame.slice(0, 150)}\n${frame.slice(150)}\n`;
  const mixed = functionsOf(cut.slice(0, at) + whole + cut.slice(at));
  const known = functionsOf(fleet);
  expect(mixed.length).toBe(known.length + 1);
  expect(mixed.filter((said) => !known.includes(said))).toEqual([]);
});
