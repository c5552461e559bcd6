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
import {
  type HypothesisDiagnostic,
  hypothesisDiagnostics,
} from "../../features/hypotheses/diagnostics";
import { oneLine } from "../../features/hypotheses/words";
import { locationOf, placedRange } from "../convert";
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
      interFileDependencies: true,
      workspaceDiagnostics: false,
    },
  },
  listen(desk) {
    const answer = desk.judged(
      "diagnostic",
      report([]),
      (open, judgement, _: DocumentDiagnosticParams) => {
        const mode = desk.settings.diagnostics;
        const causes = hypothesisDiagnostics(judgement, open, mode).map(toCauseDiagnostic);
        const others = diagnostics(open.reading, mode).map((it) => toDiagnostic(open, it));
        return report([...causes, ...others]);
      },
    );
    desk.connection.languages.diagnostics.on(async (params, token) => {
      const given = await answer(params, token);
      return given instanceof ResponseError ? takenBack(given.message) : given;
    });
  },
};

function toDiagnostic(open: OpenDocument, { span, code, message, severity }: Finding): Diagnostic {
  const range = placedRange(open, span);
  return { range, severity: SEVERITIES[severity], code, source: SOURCE, message };
}

/** The code leads to where more is to be read. */
function toCauseDiagnostic(found: HypothesisDiagnostic): Diagnostic {
  const { place, note, message, severity, reference, related } = found;
  return {
    range: locationOf(place).range,
    severity: SEVERITIES[severity],
    code: note,
    ...(reference !== null && { codeDescription: { href: reference } }),
    source: "Backtrace Reader",
    message,
    relatedInformation: related.map((other) => ({
      location: locationOf(other),
      message: oneLine(other.says, 300),
    })),
  };
}

/** Whoever takes the question back asks again: an editor that is told not to would never draw a text opened just now. */
function takenBack(message: string): ResponseError<DiagnosticServerCancellationData> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, message, { retriggerRequest: true });
}

function report(items: Diagnostic[]): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items };
}
