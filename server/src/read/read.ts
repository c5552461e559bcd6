import type { Reading } from "./model";

/** Reads a text. Pure and total: any string gives a reading, and nothing in it is lost. */
export function read(text: string): Reading {
  return {
    text,
    clean: { text, mapping: null },
    sections: text === "" ? [] : [{ kind: "text", span: { from: 0, to: text.length } }],
    processes: [],
    records: [],
    tables: [],
    prompts: [],
    problems: [],
  };
}
