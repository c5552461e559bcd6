import type { Reading } from "../model";
import { emptyOutput } from "../output";

/** Reads a file of gdb commands. It is one section from end to end: nothing in it was printed by gdb. */
export function readGdbScript(text: string): Reading {
  const span = { from: 0, to: text.length };
  const sections = text.trim() === "" ? [] : [{ kind: "gdb-script", span }];
  return { text, clean: { text, mapping: null }, ...emptyOutput(), sections };
}
