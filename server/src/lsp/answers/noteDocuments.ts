import {
  type CodeLens,
  CodeLensRefreshRequest,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Hover,
  type HoverParams,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver";
import {
  type NoteProposal,
  type NoteProposals,
  noteProposals,
} from "../../features/noteDocuments/completion";
import { noteHover } from "../../features/noteDocuments/hover";
import { matchedPlaces, matchesTitle } from "../../features/noteDocuments/matches";
import type { NoteProblem } from "../../notes/check";
import { locationOf, rangeOf } from "../convert";
import type { Answer, Desk } from "../desk";
import type { NoteDocument } from "../noteDocument";
import { parseTold } from "../teamNotes";
import { topOf } from "./cases";

/** The client tells all notes of the team, each time that one was saved, made or deleted. */
const TEAM_NOTES = "backtraceReader/notes";

/** Notes while they are written, and what the client tells of those that are saved. */
export const noteDocumentsAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    const { connection, judgements, teamNotes } = desk;
    connection.onNotification(TEAM_NOTES, (told: unknown) => {
      if (teamNotes.tell(parseTold(told))) judgements.notes = teamNotes.all();
    });
    desk.inNote("diagnostic", diagnosticsOf(desk));
    desk.inNote("codeLens", lensOf(desk));
    desk.inNote("completion", (note, { position }: CompletionParams): CompletionList => {
      const { document, text } = note;
      const found = noteProposals(text, document.offsetAt(position), judgements.notes);
      return found ? toList(note, found) : { isIncomplete: false, items: [] };
    });
    desk.inNote("hover", (note, { position }: HoverParams): Hover | null => {
      const { document, parsed } = note;
      const found = noteHover(parsed.file, document.offsetAt(position), judgements.notes);
      if (found === null) return null;
      const contents = { kind: MarkupKind.Markdown, value: found.markdown };
      return { contents, range: rangeOf(document, found.span) };
    });
    judgements.onChange(() => redraw(desk));
  },
};

/** What a note matches, and whether it agrees with the others, depends on more than its own text. */
function redraw(desk: Desk): void {
  const { client, connection, documents } = desk;
  if (!documents.texts.keys().some((uri) => desk.note(uri) !== null)) return;
  const types = [
    client.workspace?.codeLens?.refreshSupport && CodeLensRefreshRequest.type,
    client.workspace?.diagnostics?.refreshSupport && DiagnosticRefreshRequest.type,
  ].filter((type) => type !== undefined && type !== false);
  for (const type of types) connection.sendRequest(type).catch(() => undefined);
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

function diagnosticsOf({ teamNotes }: Desk) {
  return ({ document, uri, text, parsed, isToRead }: NoteDocument): DocumentDiagnosticReport => {
    const problems = isToRead ? [] : teamNotes.check({ path: uri, text, parsed });
    const toDiagnostic = ({ span, severity, message }: NoteProblem): Diagnostic => ({
      range: rangeOf(document, span),
      severity: SEVERITIES[severity],
      source: "Backtrace Reader",
      message,
    });
    return { kind: DocumentDiagnosticReportKind.Full, items: problems.map(toDiagnostic) };
  };
}

/** A longer list is of no use to anybody, and slow. */
const MOST_PLACES = 1000;

function lensOf({ judgements }: Desk) {
  return ({ uri, parsed: { note } }: NoteDocument): CodeLens[] => {
    if (note === null) return [];
    const places = matchedPlaces(note, judgements.sources(), judgements.latest().findings);
    const { range } = topOf(uri);
    const title = matchesTitle(places.length);
    if (places.length === 0) return [{ range, command: { title, command: "" } }];
    const locations = places.slice(0, MOST_PLACES).map(locationOf);
    const command = "backtraceReader.showLocations";
    return [{ range, command: { title, command, arguments: [uri, range.start, locations] } }];
  };
}

function toList({ document }: NoteDocument, { span, proposals, isPart }: NoteProposals) {
  const range = rangeOf(document, span);
  const items = proposals.map((proposal, i) => toItem(proposal, range, i));
  return { isIncomplete: isPart, items };
}

const KINDS: Readonly<Record<NoteProposal["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  "finding-value": CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  format: CompletionItemKind.Module,
  module: CompletionItemKind.Module,
  "log-kind": CompletionItemKind.Event,
  finding: CompletionItemKind.Event,
  severity: CompletionItemKind.EnumMember,
  code: CompletionItemKind.Constant,
  signal: CompletionItemKind.Constant,
  note: CompletionItemKind.Reference,
  word: CompletionItemKind.EnumMember,
};

function toItem(
  { kind, name, text, about }: NoteProposal,
  range: ReturnType<typeof rangeOf>,
  i: number,
): CompletionItem {
  return {
    label: name,
    kind: KINDS[kind],
    sortText: String(i).padStart(5, "0"),
    filterText: name,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText: text },
    ...(about !== "" && { documentation: about }),
  };
}
