import type {
  DefinitionLink,
  DefinitionParams,
  DocumentLink,
  DocumentLinkParams,
  Location,
  Range,
} from "vscode-languageserver";
import { definition } from "../../features/definition";
import { type Claim, claimAt } from "../../features/hypotheses/claim";
import { linkSteps, type SourceLink } from "../../features/links";
import { frameAt } from "../../features/locate";
import { type SameProcess, sameProcess } from "../../features/sameProcess";
import { Pace } from "../../find/pace";
import type { Judgement } from "../../notes/judge";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";
import { caseUri } from "../options";
import { topOf } from "./cases";

/** Where the sources are, only the editor knows: the server asks it, and never looks at a disk. */
const FIND_SOURCE = "backtraceReader/findSource";

/** A path as the frame names it, and a line counted from 1. */
interface SourceLine {
  readonly file: string;
  readonly line: number;
}

export const documentLinksAnswer: Answer = {
  capabilities: { documentLinkProvider: { resolveProvider: true } },
  listen(desk) {
    desk.connection.onDocumentLinks(
      desk.aboutInSlices("documentLink", [], function* (open, _: DocumentLinkParams) {
        const found: DocumentLink[] = [];
        const pace = new Pace();
        for (const link of yield* linkSteps(open.reading)) {
          found.push(toDocumentLink(open, link));
          if (pace.isDone()) yield;
        }
        return found;
      }),
    );
    desk.connection.onDocumentLinkResolve((link) => resolveLink(desk, link));
  },
};

type Definition = DefinitionLink[] | Location | Location[] | null;

export const definitionAnswer: Answer = {
  capabilities: { definitionProvider: true },
  listen(desk) {
    desk.connection.onDefinition(
      desk.explained(
        "definition",
        Promise.resolve<Definition>(null),
        async (open, judgement, { position }: DefinitionParams) =>
          findDefinition(desk, open, judgement, cleanOffsetAt(open, position)),
      ),
    );
  },
};

/** A path leads to its source, a process id to its other places, and else evidence to what it speaks for. */
function findDefinition(
  desk: Desk,
  open: OpenDocument,
  judgement: Judgement,
  offset: number,
): Definition | Promise<Definition> {
  const frame = frameAt(open.reading, offset)?.frame;
  const link = frame ? definition(frame, offset) : null;
  if (link && link.span.from === frame?.part("file")?.from) return followLink(desk, open, link);
  const process = sameProcess(open.reading, offset);
  if (process) return toProcessLinks(desk, open, process);
  const claim = desk.options.showsCases ? claimAt(judgement, open, offset) : null;
  if (claim) return toCaseLinks(desk, open, claim);
  return link && followLink(desk, open, link);
}

/** To the documents that show the hypotheses, the most likely first. */
function toCaseLinks(desk: Desk, open: OpenDocument, { span, hypotheses }: Claim): Definition {
  const cases = hypotheses.map(({ note }) => topOf(caseUri(note.id)));
  if (!desk.client.textDocument?.definition?.linkSupport) return cases;
  return cases.map(({ uri: targetUri, range }) => ({
    originSelectionRange: placedRange(open, span),
    targetUri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}

/** From a process id in a log to the other places of the document that tell of the process. */
function toProcessLinks(desk: Desk, open: OpenDocument, found: SameProcess): Definition {
  const { uri } = open.document;
  const ranges = found.targets.map((target) => placedRange(open, target));
  if (!desk.client.textDocument?.definition?.linkSupport) {
    return ranges.map((range) => ({ uri, range }));
  }
  return ranges.map((range) => ({
    originSelectionRange: placedRange(open, found.span),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: { start: range.start, end: range.start },
  }));
}

function toDocumentLink(open: OpenDocument, { span, file, line }: SourceLink): DocumentLink {
  const data: SourceLine = { file, line };
  return { range: placedRange(open, span), data };
}

async function resolveLink(desk: Desk, link: DocumentLink): Promise<DocumentLink> {
  const wanted: SourceLine = link.data;
  const uri = await findSource(desk, wanted);
  return uri === null ? link : { ...link, target: `${uri}#L${wanted.line}` };
}

async function followLink(
  desk: Desk,
  open: OpenDocument,
  { span, file, line }: SourceLink,
): Promise<DefinitionLink[] | Location | null> {
  const uri = await findSource(desk, { file, line });
  if (uri === null) return null;
  const range = lineRange(line);
  if (!desk.client.textDocument?.definition?.linkSupport) return { uri, range };
  return [
    {
      originSelectionRange: placedRange(open, span),
      targetUri: uri,
      targetRange: range,
      targetSelectionRange: range,
    },
  ];
}

/** The start of a line counted from 1. */
function lineRange(line: number): Range {
  const start = { line: Math.max(0, line - 1), character: 0 };
  return { start, end: start };
}

/** Null where the editor finds no such file in its folders, or does not know the question. */
async function findSource(desk: Desk, wanted: SourceLine): Promise<string | null> {
  try {
    return await desk.connection.sendRequest<string | null>(FIND_SOURCE, wanted);
  } catch {
    return null;
  }
}
