import { expect, test } from "vitest";
import { answersAt, wholeAnswers } from "./answers";
import { wholePipeline } from "./pipeline";
import { shapes } from "./shapes";

/** What every object has: a text that reached it would be seen here. */
const inherited = (): string =>
  JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype].map(Object.getOwnPropertyNames),
  );

test.each(["__proto__ everywhere", "constructor everywhere"])(
  "a text with %s changes nothing that objects inherit, and is read as any other",
  (name) => {
    const before = inherited();
    const text = shapes.get(name)?.(1600) ?? "";
    const outcome = wholePipeline([text]);
    const source = outcome.sources[0];
    if (source === undefined) throw new Error("The text was lost.");
    wholeAnswers(outcome, source);
    for (let at = 0; at < text.length; at += 31) answersAt(outcome, source, at);
    expect(inherited()).toBe(before);
    const word = name.split(" ", 1)[0];
    const [process] = source.reading.processes;
    expect(process?.threads[0]?.frames[0]?.function).toBe(word);
    expect(
      outcome.report.sources[0]?.processes[0]?.threads[0]?.frames[0]?.arguments,
    ).toContainEqual({
      name: word,
      value: "0x1",
    });
  },
);
