import { type DiagnosticsMode, diagnostics } from "../../../server/src/features/diagnostics";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { type OutlineSymbol, symbols } from "../../../server/src/features/symbols";
import { anyGlob } from "../../../server/src/frames/glob";
import { read } from "../../../server/src/read/read";

/** The outline as the editor shows it, indented by depth. */
export const outline = (text: string): string => lines(symbols(read(text))).join("\n");

/** The entries and their children, a line each. */
export function lines(all: readonly OutlineSymbol[], depth = 0): string[] {
  return all.flatMap(({ name, detail, children }) => [
    `${"  ".repeat(depth)}${name}${detail ? ` | ${detail}` : ""}`,
    ...lines(children, depth + 1),
  ]);
}

/** The entries that an editor would refuse: not inside the one above, or named by a stretch outside of them. */
export function misplaced({ span, name, nameSpan, children }: OutlineSymbol): string[] {
  const isInside = (inner: { from: number; to: number }) =>
    span.from <= inner.from && inner.to <= span.to;
  const wrong = children.filter((child) => !isInside(child.span)).map((child) => child.name);
  return [...(isInside(nameSpan) ? [] : [name]), ...wrong, ...children.flatMap(misplaced)];
}

/** Each diagnostic below the text it marks. */
export function diagnosticsOf(text: string, mode: DiagnosticsMode = "auto"): string {
  const reading = read(text);
  return diagnostics(reading, mode)
    .map(({ span, severity, code, message }) => {
      const marked = reading.clean.text.slice(span.from, span.to);
      return `${marked}\n  ${severity} ${code}: ${message}`;
    })
    .join("\n");
}

/** Each coloured piece of the document with its kind, one a line. */
export function colours(
  text: string,
  part = { from: 0, to: text.length },
  machinery: string[] = [],
): string {
  return semanticTokens(read(text), part, anyGlob(machinery))
    .map(({ span, type, modifiers }) => {
      return `${[type, ...modifiers].join(".")} ${text.slice(span.from, span.to)}`;
    })
    .join("\n");
}
