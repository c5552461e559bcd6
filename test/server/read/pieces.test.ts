import { expect, test } from "vitest";
import { Rewriter } from "../../../server/src/read/rewrite";

/** The original pieces of the made text's stretch, one after the other. */
function pieces(made: string): string {
  const source = "> ab &lt;c\n> de";
  const rewriter = new Rewriter(source);
  rewriter.replace(0, 2, "");
  rewriter.replace(5, 9, "<");
  rewriter.replace(10, 13, " ");
  const { text, mapping } = rewriter.finish();
  const from = text.indexOf(made);
  if (mapping === null || from < 0) throw new Error(`"${made}" is not in "${text}".`);
  const spans = mapping.pieces({ from, to: from + made.length });
  return spans.map((span) => JSON.stringify(source.slice(span.from, span.to))).join(" ");
}

test("a stretch that was not changed is one piece", () => {
  expect(pieces("ab")).toBe('"ab"');
});

test("a stretch over decoded and joined text is as many pieces as it takes", () => {
  expect(pieces("b <c d")).toBe('"b " "&lt;" "c" "\\n> " "d"');
});
