import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from "vscode-languageserver";
import {
  incomingCalls,
  outgoingCalls,
  type StackFunction,
  stackFunction,
} from "../../features/callHierarchy";
import { frameAt } from "../../features/locate";
import type { Span } from "../../read/span";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

export const callHierarchyAnswer: Answer = {
  capabilities: { callHierarchyProvider: true },
  listen(desk) {
    const { callHierarchy } = desk.connection.languages;
    callHierarchy.onPrepare(
      desk.about("callHierarchy", null, (open, { position }: CallHierarchyPrepareParams) => {
        const place = frameAt(open.reading, cleanOffsetAt(open, position));
        return place && [toItem(open, stackFunction(open.reading, place.frame))];
      }),
    );
    callHierarchy.onIncomingCalls(aboutItem(desk, "incomingCalls", incoming));
    callHierarchy.onOutgoingCalls(aboutItem(desk, "outgoingCalls", outgoing));
  },
};

/** Asks about the function of an item, in the document that it came from. */
function aboutItem<R>(
  desk: Desk,
  name: string,
  handle: (open: OpenDocument, label: string) => R[],
) {
  return desk.aboutText<{ item: CallHierarchyItem }, R[]>(
    name,
    [],
    ({ item }) => item.uri,
    (open, { item }) => handle(open, item.name),
  );
}

function incoming(open: OpenDocument, label: string): CallHierarchyIncomingCall[] {
  return incomingCalls(open.reading, label).map(({ other, calls }) => ({
    from: toItem(open, other),
    fromRanges: toRanges(open, calls),
  }));
}

function outgoing(open: OpenDocument, label: string): CallHierarchyOutgoingCall[] {
  return outgoingCalls(open.reading, label).map(({ other, calls }) => ({
    to: toItem(open, other),
    fromRanges: toRanges(open, calls),
  }));
}

const toRanges = (open: OpenDocument, spans: readonly Span[]) =>
  spans.map((span) => placedRange(open, span));

function toItem(open: OpenDocument, { label, detail, span, nameSpan }: StackFunction) {
  return {
    name: label,
    detail,
    kind: SymbolKind.Function,
    uri: open.document.uri,
    range: placedRange(open, span),
    selectionRange: placedRange(open, nameSpan),
  };
}
