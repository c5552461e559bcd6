import { answersAt, wholeAnswers } from "./answers";
import { problemsOf } from "./invariants";
import { type Outcome, wholePipeline } from "./pipeline";
import { shapes } from "./shapes";

// Runs alone in a process with little memory: sizes with names of shapes are its arguments, and it says of each what is
// wrong with the answers, as one JSON object a line.

/** What is told of a shape. */
export interface Told {
  readonly name: string;
  /** So many findings of one kind. */
  readonly most: number;
  readonly frames: number;
  readonly records: number;
  /** Work in milliseconds of a processor. */
  readonly work: number;
  readonly problems: readonly string[];
}

const asked = process.argv.slice(2);

for (let i = 0; i < asked.length; i += 2) {
  const told = tell(Number(asked[i]), asked[i + 1] ?? "");
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

function tell(size: number, name: string): Told {
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`There is no shape "${name}".`);
  // A repeated string is a tree of its halves until somebody looks at it.
  const text = Buffer.from(shape(size), "utf16le").toString("utf16le");
  const before = process.cpuUsage();
  const outcome = wholePipeline([text]);
  const source = outcome.sources[0];
  if (source === undefined) throw new Error("A text was lost.");
  const said = [wholeAnswers(outcome, source)];
  for (const share of [0, 0.5, 0.999]) {
    said.push(answersAt(outcome, source, Math.floor(text.length * share)));
  }
  const { user, system } = process.cpuUsage(before);
  const { processes, records } = source.reading;
  const threads = processes.flatMap((process) => process.threads);
  return {
    name,
    most: mostOfAKind(outcome),
    frames: threads.reduce((sum, { frames, views }) => sum + frames.length + views.length, 0),
    records: records.length,
    work: Math.round((user + system) / 1000),
    problems: problemsOf(outcome, said),
  };
}

function mostOfAKind({ judgement }: Outcome): number {
  const kinds = new Map<string, number>();
  for (const { kind } of judgement.findings) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return Math.max(0, ...kinds.values());
}
