import {
  type Diagnostic,
  type DiagnosticServerCancellationData,
  DiagnosticSeverity,
  type DocumentDiagnosticParams,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { diagnostics, type Diagnostic as Finding } from "../../features/diagnostics";
import { placedRange } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

const SOURCE = "backtrace-reader";

const SEVERITIES = {
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

export const diagnosticsAnswer: Answer = {
  capabilities: {
    diagnosticProvider: {
      identifier: SOURCE,
      interFileDependencies: false,
      workspaceDiagnostics: false,
    },
  },
  listen(desk) {
    const answer = desk.about("diagnostic", report([]), (open, _: DocumentDiagnosticParams) =>
      report(
        diagnostics(open.reading, desk.settings.diagnostics).map((it) => toDiagnostic(open, it)),
      ),
    );
    desk.connection.languages.diagnostics.on((params, token) => {
      const given = answer(params, token);
      return given instanceof ResponseError ? takenBack(given.message) : given;
    });
  },
};

function toDiagnostic(open: OpenDocument, { span, code, message, severity }: Finding): Diagnostic {
  const range = placedRange(open, span);
  return { range, severity: SEVERITIES[severity], code, source: SOURCE, message };
}

/** Of diagnostics that were not given, the protocol wants to know whether to ask again. */
function takenBack(message: string): ResponseError<DiagnosticServerCancellationData> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, message, { retriggerRequest: false });
}

function report(items: Diagnostic[]): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items };
}
