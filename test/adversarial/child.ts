import { answersAt, wholeAnswers } from "./answers";
import { problemsOf } from "./invariants";
import { wholePipeline } from "./pipeline";
import { shapes } from "./shapes";

// Runs alone in a process with little memory: the names of shapes and their size are its arguments, and it says what is
// wrong with the answers, one JSON object a shape.

const [size = "0", ...names] = process.argv.slice(2);

for (const name of names) {
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`There is no shape "${name}".`);
  // A repeated string is a tree of its halves until somebody looks at it.
  const text = Buffer.from(shape(Number(size)), "utf16le").toString("utf16le");
  const outcome = wholePipeline([text]);
  const source = outcome.sources[0];
  if (source === undefined) throw new Error("A text was lost.");
  const said = [wholeAnswers(outcome, source)];
  for (const share of [0, 0.5, 0.999]) {
    said.push(answersAt(outcome, source, Math.floor(text.length * share)));
  }
  const kinds = new Map<string, number>();
  for (const { kind } of outcome.judgement.findings) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const most = Math.max(0, ...kinds.values());
  process.stdout.write(`${JSON.stringify({ name, most, problems: problemsOf(outcome, said) })}\n`);
}
