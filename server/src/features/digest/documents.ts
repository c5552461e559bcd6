import type { Digest } from "../../digest/digest";
import { type Place, placeInPart, placeOfEvidence } from "../../digest/places";
import type { ListedProcess } from "../../digest/processes";
import type { IndexData } from "../../digest/textIndex";
import { Positions, type Range } from "../../read/positions";
import type { Span } from "../../read/span";
import { type CaseTarget, caseText } from "../hypotheses/caseText";
import { type DigestTarget, digestText, type FileFacts } from "./digestText";

/** Everything that is kept of a digest: plain data that another thread can have made. */
export interface DigestDocuments {
  readonly digest: LinkedText;
  /** The hypotheses, by their notes. */
  readonly cases: Readonly<Record<string, LinkedText>>;
  readonly index: IndexData;
  readonly isCsv: boolean;
  readonly processes: readonly ListedProcess[];
}

/** A document, with what stretches of it lead to. */
export interface LinkedText {
  readonly text: string;
  readonly links: readonly { readonly range: Range; readonly target: LinkTarget }[];
}

export type LinkTarget =
  | { readonly kind: "part"; readonly part: LinkedPart }
  | { readonly kind: "case"; readonly note: string }
  | { readonly kind: "command"; readonly run: string };

/** A part of the file; `at` is the place in its text that is meant. */
export interface LinkedPart extends Range {
  readonly at: Range["start"];
}

/** What is less likely helps nobody. */
const MOST_CASES = 50;

export function digestDocuments(digest: Digest, file: FileFacts): DigestDocuments {
  const { index, isCsv, processes, judgement } = digest;
  const ids = judgement.hypotheses.slice(0, MOST_CASES).map(({ note }) => note.id);
  return {
    digest: linkedText(digestText(digest, file), isCsv),
    cases: Object.fromEntries(ids.map((id) => [id, linkedText(caseText(judgement, id), isCsv)])),
    index: index.data(),
    isCsv,
    processes: processes.listed,
  };
}

/** How a place is asked for. */
export const linkedPart = (place: Place, isCsv: boolean): LinkedPart => ({
  start: place.start,
  end: place.end,
  at: placeInPart(place, isCsv),
});

interface Written {
  readonly text: string;
  readonly links: readonly { readonly span: Span; readonly target: DigestTarget | CaseTarget }[];
}

function linkedText({ text, links }: Written, isCsv: boolean): LinkedText {
  const positions = new Positions(text);
  return {
    text,
    links: links.map(({ span, target }) => ({
      range: positions.range(span),
      target: linkTarget(target, isCsv),
    })),
  };
}

function linkTarget(target: DigestTarget | CaseTarget, isCsv: boolean): LinkTarget {
  if (target.kind === "place") return { kind: "part", part: linkedPart(target.place, isCsv) };
  if (target.kind !== "evidence") return target;
  return { kind: "part", part: linkedPart(placeOfEvidence(target.evidence), isCsv) };
}
