import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from "vscode-languageserver";
import { documentText } from "../../features/documentText";
import { semanticTokens } from "../../features/semanticTokens";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../features/tokens/legend";
import type { Token } from "../../features/tokens/token";
import { anyGlob } from "../../frames/glob";
import type { Characters } from "../../read/piecedText";
import type { Span } from "../../read/span";
import { atOnce, type Steps } from "../../read/steps";
import { spanOf } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";
import type { EditedDocument } from "../editedDocument";
import { AnsweredTokens, plain, TokenData } from "../tokenData";

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
    const answered = new AnsweredTokens();
    desk.documents.texts.onDidClose(({ document }) => answered.forget(document.uri));
    const nothing: SemanticTokens = { data: [] };
    requests.on(
      desk.aboutInSlices("semanticTokens/full", nothing, function* (open, _: SemanticTokensParams) {
        return answered.whole(open.path, yield* tokensOf(desk, open, wholeOf(open)));
      }),
    );
    requests.onDelta(
      desk.aboutInSlices<SemanticTokensDeltaParams, Delta>(
        "semanticTokens/delta",
        nothing,
        function* (open, { previousResultId }) {
          const tokens = yield* tokensOf(desk, open, wholeOf(open));
          return answered.difference(open.path, previousResultId, tokens);
        },
      ),
    );
    requests.onRange(
      desk.about("semanticTokens/range", nothing, (open, params: SemanticTokensRangeParams) => ({
        data: plain(atOnce(tokensOf(desk, open, spanOf(open.document, params.range)))),
      })),
    );
  },
};

const wholeOf = ({ reading }: OpenDocument): Span => ({
  from: 0,
  to: documentText(reading).length,
});

/** About as much of a document is looked at in one go: the tokens of all of it take many times its memory. */
const PART = 1 << 15;

function* tokensOf(
  { settings }: Desk,
  { reading, document }: OpenDocument,
  span: Span,
): Steps<Int32Array> {
  const data = new TokenData();
  const text = documentText(reading);
  const isExtra = anyGlob(settings.machineryFrames);
  for (let { from } = span; from < span.to; ) {
    const to = Math.min(span.to, lineBehind(text, from + PART));
    for (const token of semanticTokens(reading, { from, to }, isExtra)) push(data, document, token);
    from = to;
    yield;
  }
  return data.finish();
}

function push(data: TokenData, document: EditedDocument, { span, type, modifiers }: Token): void {
  const { line, character } = document.positionAt(span.from);
  const bits = modifiers.reduce((sum, it) => sum | (1 << TOKEN_MODIFIERS.indexOf(it)), 0);
  data.push(line, character, span.to - span.from, TOKEN_TYPES.indexOf(type), bits);
}

/** The start of the line behind the one that holds the place: no token goes on in another line. */
function lineBehind(text: Characters, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline + 1;
}
