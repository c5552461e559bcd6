import { DIGIT_0 } from "./chars";
import type { Span } from "./span";
import { type NamedValue, parseArguments, parseLocals } from "./values";

/** What a frame is: an ordinary call, one the compiler inlined into its caller, gdb's `<signal handler called>`, or a script's. */
export type FrameKind = "call" | "inline" | "signal-handler" | "interpreter";

/** Where the parts of a frame stand in the clean text; -1 where the text has no such part. */
export interface FrameParts {
  from: number;
  to: number;
  /** The digits after `#`. */
  numberFrom: number;
  numberTo: number;
  addressFrom: number;
  addressTo: number;
  functionFrom: number;
  functionTo: number;
  /** Between the parentheses, which are left out. */
  argumentsFrom: number;
  argumentsTo: number;
  fileFrom: number;
  fileTo: number;
  /** The digits of the source line. */
  lineFrom: number;
  lineTo: number;
  libraryFrom: number;
  libraryTo: number;
  /** `0x1c` of the kernel's `demo_write+0x1c/0x60`; gdb prints none. */
  offsetFrom: number;
  offsetTo: number;
}

/** Parts of a frame at `from .. to` of which nothing has been found yet. */
export function emptyParts(from: number, to: number): FrameParts {
  return {
    from,
    to,
    numberFrom: -1,
    numberTo: -1,
    addressFrom: -1,
    addressTo: -1,
    functionFrom: -1,
    functionTo: -1,
    argumentsFrom: -1,
    argumentsTo: -1,
    fileFrom: -1,
    fileTo: -1,
    lineFrom: -1,
    lineTo: -1,
    libraryFrom: -1,
    libraryTo: -1,
    offsetFrom: -1,
    offsetTo: -1,
  };
}

export type FramePart =
  | "number"
  | "address"
  | "function"
  | "arguments"
  | "file"
  | "line"
  | "library"
  | "offset";

/** The two places of a part. Spelled out: names put together at run time are slow to look up. */
const BOUNDS = {
  number: ["numberFrom", "numberTo"],
  address: ["addressFrom", "addressTo"],
  function: ["functionFrom", "functionTo"],
  arguments: ["argumentsFrom", "argumentsTo"],
  file: ["fileFrom", "fileTo"],
  line: ["lineFrom", "lineTo"],
  library: ["libraryFrom", "libraryTo"],
  offset: ["offsetFrom", "offsetTo"],
} as const satisfies Record<FramePart, readonly [keyof FrameParts, keyof FrameParts]>;

/** One line of a backtrace. Its parts are cut out of the text when asked for, so that a fleet's worth of frames stays small. */
export class Frame {
  readonly text: string;
  readonly parts: FrameParts;
  kind: FrameKind = "call";
  /** The lines of `bt full` below the frame, or null. */
  localsSpan: Span | null = null;
  private parsedArguments: readonly NamedValue[] | null | undefined;
  private parsedLocals: readonly NamedValue[] | undefined;

  constructor(text: string, parts: FrameParts) {
    this.text = text;
    this.parts = parts;
  }

  /** The frame's own lines, without its locals. */
  get span(): Span {
    return this.parts;
  }

  /** As gdb counts, 0 innermost; null for the line that gdb prints at a stop. */
  get number(): number | null {
    const { numberFrom, numberTo } = this.parts;
    if (numberFrom < 0) return null;
    let number = 0;
    for (let at = numberFrom; at < numberTo; at++) {
      number = number * 10 + this.text.charCodeAt(at) - DIGIT_0;
    }
    return number;
  }

  /** Lower-case hex with `0x` and no leading zeros. */
  get address(): string | null {
    const span = this.part("address");
    return span && canonicalAddress(this.text.slice(span.from, span.to));
  }

  /** As printed, templates and parameter types included; null for `??`. */
  get function(): string | null {
    const name = this.slice("function");
    return name === "??" ? null : name;
  }

  get file(): string | null {
    return this.slice("file");
  }

  /** Counted from 1, as gdb prints it. */
  get line(): number | null {
    const digits = this.slice("line");
    return digits === null ? null : Number(digits);
  }

  get library(): string | null {
    return this.slice("library");
  }

  /** How many bytes into the function, as the kernel prints it; null elsewhere. */
  get offset(): number | null {
    const hex = this.slice("offset");
    return hex === null ? null : Number(hex);
  }

  /** A kernel's `? name+0x1/0x2`: the address lay on the stack, but nothing proves that it was called. */
  get isUncertain(): boolean {
    const { functionFrom } = this.parts;
    return functionFrom > 1 && this.text.startsWith("? ", functionFrom - 2);
  }

  /**
   * Null where gdb left them out (`(...)`) or had no data: empty parentheses say "no parameters" only in a frame with
   * a source line.
   */
  get arguments(): readonly NamedValue[] | null {
    if (this.parsedArguments === undefined) this.parsedArguments = this.readArguments();
    return this.parsedArguments;
  }

  /** Null unless the frame stands in a `bt full`; empty for `No locals.`. */
  get locals(): readonly NamedValue[] | null {
    if (this.localsSpan === null) return null;
    this.parsedLocals ??= parseLocals(this.text, this.localsSpan);
    return this.parsedLocals;
  }

  /** Where a part stands in the clean text, or null. */
  part(name: FramePart): Span | null {
    const [start, end] = BOUNDS[name];
    const from = this.parts[start];
    return from < 0 ? null : { from, to: this.parts[end] };
  }

  private slice(name: FramePart): string | null {
    const span = this.part(name);
    return span && this.text.slice(span.from, span.to);
  }

  private readArguments(): readonly NamedValue[] | null {
    const span = this.part("arguments");
    if (span === null) return null;
    const inside = this.text.slice(span.from, span.to).trim();
    if (inside === "...") return null;
    if (inside === "") return this.parts.fileFrom < 0 ? null : [];
    return parseArguments(this.text, span);
  }
}

/** `0x00007F00`, or the kernel's bare `00007F00`, as `0x7f00`. */
export function canonicalAddress(printed: string): string {
  const digits = printed.toLowerCase().replace(/^(?:0x)?0*/, "");
  return `0x${digits || "0"}`;
}
