import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from "vscode-languageserver";
import { semanticTokens } from "../../features/semanticTokens";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../features/tokens/legend";
import type { Token } from "../../features/tokens/token";
import { anyGlob } from "../../frames/glob";
import type { Span } from "../../read/span";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

type Delta = SemanticTokens | SemanticTokensDelta;

export const semanticTokensAnswer: Answer = {
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: { delta: true },
      range: true,
    },
  },
  listen(desk) {
    const { semanticTokens: requests } = desk.connection.languages;
    const builders = new Map<string, SemanticTokensBuilder>();
    desk.documents.texts.onDidClose(({ document }) => builders.delete(document.uri));
    const nothing: SemanticTokens = { data: [] };
    requests.on(
      desk.about("semanticTokens/full", nothing, (open, { textDocument }: SemanticTokensParams) => {
        const builder = new SemanticTokensBuilder();
        builders.set(textDocument.uri, builder);
        return push(builder, open, tokensOf(desk, open)).build();
      }),
    );
    requests.onDelta(
      desk.about<SemanticTokensDeltaParams, Delta>(
        "semanticTokens/delta",
        nothing,
        (open, params) => {
          // The builder remembers what it answered last, and answers with the difference to that.
          const builder = builders.get(params.textDocument.uri) ?? new SemanticTokensBuilder();
          builders.set(params.textDocument.uri, builder);
          builder.previousResult(params.previousResultId);
          return push(builder, open, tokensOf(desk, open)).buildEdits();
        },
      ),
    );
    requests.onRange(
      desk.about("semanticTokens/range", nothing, (open, params: SemanticTokensRangeParams) => {
        const from = open.document.offsetAt(params.range.start);
        const to = open.document.offsetAt(params.range.end);
        const tokens = tokensOf(desk, open, { from, to });
        return push(new SemanticTokensBuilder(), open, tokens).build();
      }),
    );
  },
};

function tokensOf({ settings }: Desk, { reading }: OpenDocument, part?: Span): Token[] {
  const whole = { from: 0, to: reading.text.length };
  return semanticTokens(reading, part ?? whole, anyGlob(settings.machineryFrames));
}

function push(builder: SemanticTokensBuilder, open: OpenDocument, tokens: readonly Token[]) {
  for (const { span, type, modifiers } of tokens) {
    const { line, character } = open.document.positionAt(span.from);
    const bits = modifiers.reduce((sum, it) => sum | (1 << TOKEN_MODIFIERS.indexOf(it)), 0);
    builder.push(line, character, span.to - span.from, TOKEN_TYPES.indexOf(type), bits);
  }
  return builder;
}
