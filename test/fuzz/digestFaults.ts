import { TextDocument } from "vscode-languageserver-textdocument";
import { makeDigest } from "../../server/src/digest/digest";
import { cutPart } from "../../server/src/digest/part";
import { type IndexData, TextIndex } from "../../server/src/digest/textIndex";
import {
  digestDocuments,
  type LinkedPart,
  type LinkedText,
} from "../../server/src/features/digest/documents";
import { shipped } from "../../server/src/notes/judge";
import { markdownProblems } from "../adversarial/invariants";

/** What is wrong with the digest of a file with this text, and with the parts that it leads to. */
export async function faultsOfDigest(given: string): Promise<string[]> {
  // A file has no halves of letters.
  const bytes = Buffer.from(given);
  const text = bytes.toString();
  const open = async function* (byte: number): AsyncGenerator<string> {
    yield bytes.subarray(byte).toString();
  };
  const digest = await makeDigest({
    path: "file:///logs/large.txt",
    parts: open(0),
    notes: shipped,
    failed: (_, error) => {
      throw error;
    },
    pause: async () => {},
  });
  const facts = { bytes: bytes.length, written: null, hasChanged: false };
  // As another thread tells it.
  const made = JSON.parse(JSON.stringify(digestDocuments(digest, facts)));
  const faults: string[] = [];
  const whole = TextDocument.create("file:///large", "backtrace", 0, text);
  for (const linked of [made.digest, ...Object.values(made.cases)] as LinkedText[]) {
    faults.push(...markdownProblems("digest", linked.text));
    for (const part of partsOf(linked))
      faults.push(...(await partFaults(part, whole, made.index, open)));
  }
  return [...new Set(faults)];
}

/** The first few lead to the same kinds of places as the others. */
const MOST_PARTS = 12;

const partsOf = ({ links }: LinkedText): LinkedPart[] =>
  links.flatMap(({ target }) => (target.kind === "part" ? [target.part] : [])).slice(0, MOST_PARTS);

/** A part is what stands there, and the place that is meant is in it. */
async function partFaults(
  { start, end, at }: LinkedPart,
  whole: TextDocument,
  index: IndexData,
  open: (byte: number) => AsyncIterable<string>,
): Promise<string[]> {
  const name = JSON.stringify({ start, end });
  const part = await cutPart(open, { start, end }, TextIndex.from(index));
  if (part === null) return [`a digest: nothing is at ${name}`];
  const faults: string[] = [];
  // A line break at the end has no place of its own.
  const there = whole.getText({ start: part.start, end: part.end });
  if (part.text.replace(/[\r\n]+$/, "") !== there.replace(/[\r\n]+$/, ""))
    faults.push(`a digest: the part at ${name} is another`);
  const shown = TextDocument.create("part", "backtrace", 0, part.header + part.text);
  if (at.line >= shown.lineCount)
    faults.push(`a digest: the part at ${name} has no line ${at.line}`);
  return faults;
}
