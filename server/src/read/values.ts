import type { Span } from "./span";

/** An argument or a local variable as gdb prints it. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

export function parseArguments(_text: string, _span: Span): NamedValue[] {
  return [];
}

export function parseLocals(_text: string, _span: Span): NamedValue[] {
  return [];
}
