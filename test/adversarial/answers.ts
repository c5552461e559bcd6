import {
  incomingCalls,
  outgoingCalls,
  stackFunction,
} from "../../server/src/features/callHierarchy";
import { codeActions } from "../../server/src/features/codeActions";
import { definition } from "../../server/src/features/definition";
import { diagnostics } from "../../server/src/features/diagnostics";
import { folds } from "../../server/src/features/folding";
import { unwrapWithin } from "../../server/src/features/format";
import { highlights } from "../../server/src/features/highlights";
import { hover } from "../../server/src/features/hover/hover";
import { hypothesisCard } from "../../server/src/features/hypotheses/card";
import { claimAt } from "../../server/src/features/hypotheses/claim";
import { hypothesisDiagnostics } from "../../server/src/features/hypotheses/diagnostics";
import { hypothesisLenses } from "../../server/src/features/hypotheses/lenses";
import { listedHypotheses } from "../../server/src/features/hypotheses/list";
import { inlayHints } from "../../server/src/features/inlayHints";
import { lenses } from "../../server/src/features/lenses";
import { sourceLinks } from "../../server/src/features/links";
import { frameAt, threadAt } from "../../server/src/features/locate";
import { nextCard } from "../../server/src/features/next/card";
import { completions } from "../../server/src/features/next/completion";
import { nextAt } from "../../server/src/features/next/nextAt";
import { sameProcess } from "../../server/src/features/sameProcess";
import { selection } from "../../server/src/features/selection";
import { semanticTokens } from "../../server/src/features/semanticTokens";
import { StackTree } from "../../server/src/features/stackTree";
import { cleanStack, groupSummaryMarkdown, statusLine } from "../../server/src/features/summary";
import { type OutlineSymbol, symbols } from "../../server/src/features/symbols";
import { functionSymbols } from "../../server/src/features/workspaceSymbols";
import type { NamedReading } from "../../server/src/find/finding";
import { stacksOf } from "../../server/src/find/stacks";
import { cleanOffset } from "../../server/src/read/place";
import type { Span } from "../../server/src/read/span";
import { atOnce } from "../../server/src/read/steps";
import type { Outcome } from "./pipeline";

/** What features say: places and texts, each with the name of the feature. */
export interface Said {
  /** Places in the clean text. */
  readonly spans: readonly (readonly [feature: string, span: Span])[];
  /** Places in the document itself; those of one feature are in order and do not overlap. */
  readonly documentSpans: readonly (readonly [feature: string, span: Span])[];
  /** Places of which the second must lie in the first. */
  readonly nested: readonly (readonly [feature: string, outer: Span, inner: Span])[];
  /** Rendered by the editor. */
  readonly markdown: readonly (readonly [feature: string, text: string])[];
  /** Shown as it is, on one line each. */
  readonly labels: readonly (readonly [feature: string, text: string])[];
}

class Notebook implements Said {
  readonly spans: [string, Span][] = [];
  readonly documentSpans: [string, Span][] = [];
  readonly nested: [string, Span, Span][] = [];
  readonly markdown: [string, string][] = [];
  readonly labels: [string, string][] = [];

  span(feature: string, ...spans: readonly Span[]): void {
    this.all(feature, spans);
  }

  all(feature: string, spans: Iterable<Span>): void {
    for (const span of spans) this.spans.push([feature, span]);
  }

  card(feature: string, found: { readonly span: Span; readonly markdown: string } | null): void {
    if (found === null) return;
    this.span(feature, found.span);
    this.markdown.push([feature, found.markdown]);
  }

  inDocument(feature: string, spans: Iterable<{ readonly span: Span }>): void {
    for (const { span } of spans) this.documentSpans.push([feature, span]);
  }

  label(feature: string, ...texts: readonly string[]): void {
    for (const text of texts) this.labels.push([feature, text]);
  }
}

/** What the editor shows of a document as a whole. */
export function wholeAnswers({ judgement, sources }: Outcome, source: NamedReading): Said {
  const said = new Notebook();
  const { reading } = source;
  const all = { from: 0, to: reading.text.length };
  said.all(
    "folds",
    folds(reading).map(({ span }) => span),
  );
  said.inDocument("tokens", semanticTokens(reading, all));
  for (const { value, text } of inlayHints(reading, all)) {
    said.span("inlayHints", value);
    said.label("inlayHints", text);
  }
  for (const lens of [...lenses(reading), ...hypothesisLenses(judgement, source)]) {
    said.span("lenses", lens.span);
    said.label("lenses", lens.title);
  }
  // Lenses of one group have their stacks in common.
  for (const stacks of new Set(lenses(reading).map((lens) => lens.stacks))) {
    if (stacks) said.all("lenses", stacks);
  }
  said.all(
    "links",
    sourceLinks(reading).map(({ span }) => span),
  );
  for (const symbol of symbols(reading)) outline(said, symbol);
  for (const { name, detail, span } of functionSymbols(reading, "a")) {
    said.span("functionSymbols", span);
    said.label("functionSymbols", name, detail);
  }
  for (const { span, message } of diagnostics(reading, "on")) {
    said.span("diagnostics", span);
    said.label("diagnostics", message);
  }
  for (const { place, message } of hypothesisDiagnostics(judgement, source, "on")) {
    said.span("hypothesisDiagnostics", place.span);
    said.label("hypothesisDiagnostics", message);
  }
  said.inDocument("unwrap", atOnce(unwrapWithin(reading, all)));
  said.label("status", statusLine(reading));
  said.markdown.push(["summary", groupSummaryMarkdown(stacksOf(reading))]);
  listed(said, listedHypotheses(judgement));
  stackTree(said, new StackTree(sources), []);
  return said;
}

function outline(said: Notebook, { name, detail, span, nameSpan, children }: OutlineSymbol): void {
  said.span("symbols", span, nameSpan);
  said.nested.push(["symbols", span, nameSpan]);
  said.label("symbols", name, detail);
  for (const child of children) {
    said.nested.push(["symbols", span, child.span]);
    outline(said, child);
  }
}

function listed(said: Notebook, hypotheses: ReturnType<typeof listedHypotheses>): void {
  for (const { title, evidence, against, commands } of hypotheses) {
    said.label("hypotheses", title, ...commands.flatMap(({ run, why }) => [run, why]));
    for (const { says, places } of [...evidence, ...against]) {
      said.label("hypotheses", says, ...places.flatMap(({ name, line }) => [name, line]));
    }
  }
}

/** The first items of each level, down to the frames. */
function stackTree(said: Notebook, tree: StackTree, path: readonly number[]): void {
  tree.below(path).forEach(({ label, detail, hasMore }, i) => {
    said.label("stackTree", label, detail);
    if (hasMore && i < 2) stackTree(said, tree, [...path, i]);
  });
}

/** What the editor answers about one place of a document. */
export function answersAt(outcome: Outcome, source: NamedReading, place: number): Said {
  const { judgement } = outcome;
  const said = new Notebook();
  const { reading } = source;
  const offset = cleanOffset(reading, place);
  const at = { from: place, to: Math.min(place + 200, reading.text.length) };
  said.card("hover", hover(reading, offset));
  said.card("hypothesisCard", hypothesisCard(judgement, source, offset, true));
  said.all("highlights", highlights(reading, offset));
  aboutSelection(said, selection(reading, offset));
  const same = sameProcess(reading, offset);
  if (same) said.span("sameProcess", same.span, ...same.targets);
  const claim = claimAt(judgement, source, offset);
  if (claim) said.span("claim", claim.span);
  for (const action of atOnce(codeActions(reading, at))) said.label("codeActions", action.title);
  said.inDocument("tokens", semanticTokens(reading, at));
  said.all(
    "inlayHints",
    inlayHints(reading, at).map(({ value }) => value),
  );
  for (const { text, detail, span } of completions(judgement, source, offset)) {
    said.span("completion", span);
    said.label("completion", text, detail);
  }
  for (const { why, because } of nextAt(judgement, source, offset)) {
    said.label("next", why, because);
  }
  const next = nextCard(judgement, source, offset);
  if (next) said.markdown.push(["nextCard", next]);
  aboutStack(said, source, offset);
  return said;
}

function aboutSelection(said: Notebook, spans: readonly Span[]): void {
  said.span("selection", ...spans);
  for (const [i, outer] of spans.slice(1).entries()) {
    said.nested.push(["selection", outer, spans[i] as Span]);
  }
}

function aboutStack(said: Notebook, { reading }: NamedReading, offset: number): void {
  const thread = threadAt(reading, offset)?.thread;
  if (thread) cleanStack(reading, thread);
  const frame = frameAt(reading, offset)?.frame;
  if (!frame) return;
  const link = definition(frame, offset);
  if (link) said.span("definition", link.span);
  const { label, detail, span, nameSpan } = stackFunction(reading, frame);
  said.span("callHierarchy", span, nameSpan);
  said.nested.push(["callHierarchy", span, nameSpan]);
  said.label("callHierarchy", detail);
  for (const { other, calls } of [
    ...incomingCalls(reading, label),
    ...outgoingCalls(reading, label),
  ])
    said.all("callHierarchy", [other.span, other.nameSpan, ...calls]);
}
