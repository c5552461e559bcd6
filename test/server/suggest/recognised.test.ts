import { expect, test } from "vitest";
import { judge } from "../../../server/src/notes/judge";
import { type Suggestion, situations, suggest } from "../../../server/src/suggest/suggest";
import { source } from "../find/sources";
import { FIRST } from "./first";
import { textOf } from "./texts";

const next = (text: string): Suggestion[] => {
  const sources = [source(text)];
  return suggest({ sources, findings: judge(sources).findings }, []);
};

/** Addresses and numbers differ from one capture to the next. */
const masked = (command: string): string => command.replace(/\b(?:0x[0-9a-f]+|\d+)\b/g, "N");

test.each(situations.map(({ id }) => id))("%s is recognised, and has one command first", (id) => {
  const mine = next(textOf(id)).filter(({ from }) => from === id);
  const [first] = mine;
  expect(first === undefined ? null : `${first.where}: ${masked(first.run)}`).toBe(FIRST[id]);
  expect(first?.evidence.length).toBeGreaterThan(0);
});
