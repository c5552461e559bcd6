import { DIGIT_0 } from "./chars";
import { COLUMN, FrameRows } from "./frameRows";
import type { Span } from "./span";
import { movedValue, type NamedValue, parseArguments, parseLocals } from "./values";

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

/** The columns of the two places of a part. */
const BOUNDS: Readonly<Record<FramePart, readonly [from: number, to: number]>> = {
  number: [COLUMN.numberFrom, COLUMN.numberTo],
  address: [COLUMN.addressFrom, COLUMN.addressTo],
  function: [COLUMN.functionFrom, COLUMN.functionTo],
  arguments: [COLUMN.argumentsFrom, COLUMN.argumentsTo],
  file: [COLUMN.fileFrom, COLUMN.fileTo],
  line: [COLUMN.lineFrom, COLUMN.lineTo],
  library: [COLUMN.libraryFrom, COLUMN.libraryTo],
  offset: [COLUMN.offsetFrom, COLUMN.offsetTo],
};

/** What was taken apart when somebody asked. */
interface Values {
  arguments?: readonly NamedValue[] | null;
  locals?: readonly NamedValue[];
}

/** The rows that the next frame goes into. */
let open: FrameRows | null = null;

/** Lets go of the text that frames were made of last; called when a text has been read. */
export function closeFrameRows(): void {
  open = null;
}

/** One line of a backtrace. Its parts are cut out of the text when asked for, so that a fleet's worth of frames stays small. */
export class Frame {
  private readonly rows: FrameRows;
  private readonly row: number;
  private values: Values | null;

  private constructor(rows: FrameRows, row: number) {
    this.rows = rows;
    this.row = row;
    this.values = null;
  }

  /** The frame whose parts stand there in the text. */
  static of(text: string, parts: FrameParts): Frame {
    open = FrameRows.for(text, open);
    return new Frame(open, open.add(parts));
  }

  /** The same frame in another text. `rowsOf` gives the rows as they are there. */
  moved(rowsOf: (rows: FrameRows) => FrameRows): Frame {
    return new Frame(rowsOf(this.rows), this.row);
  }

  /** The text in which the frame stands where its parts say. */
  get text(): string {
    return this.rows.text;
  }

  /** What stands there, inside of the frame's lines. Needs no text in one piece. */
  cut({ from, to }: Span): string {
    return this.rows.cut(from, to);
  }

  /** Where everything stands. Made anew for each who asks. */
  get parts(): FrameParts {
    return this.rows.parts(this.row);
  }

  get kind(): FrameKind {
    return this.rows.kind(this.row);
  }

  set kind(kind: FrameKind) {
    this.rows.setKind(this.row, kind);
  }

  /** The lines of `bt full` below the frame, or null. */
  get localsSpan(): Span | null {
    return this.rows.locals(this.row);
  }

  set localsSpan(span: Span | null) {
    this.rows.setLocals(this.row, span);
  }

  /** Where its first line starts. */
  get start(): number {
    return this.rows.get(this.row, COLUMN.from);
  }

  /** Where its lines end, those of its locals included. */
  get end(): number {
    const { rows, row } = this;
    return Math.max(rows.get(row, COLUMN.to), rows.localsEnd(row));
  }

  /** The frame's own lines, without its locals. */
  get span(): Span {
    return { from: this.rows.get(this.row, COLUMN.from), to: this.rows.get(this.row, COLUMN.to) };
  }

  /** As gdb counts, 0 innermost; null for the line that gdb prints at a stop. */
  get number(): number | null {
    const { rows, row } = this;
    if (rows.get(row, COLUMN.numberFrom) < 0) return null;
    const from = rows.inSource(row, COLUMN.numberFrom);
    const to = rows.inSource(row, COLUMN.numberTo);
    let number = 0;
    for (let at = from; at < to; at++) number = number * 10 + rows.source.charCodeAt(at) - DIGIT_0;
    return number;
  }

  /** Lower-case hex with `0x` and no leading zeros. */
  get address(): string | null {
    const span = this.part("address");
    return span && canonicalAddress(this.cut(span));
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
    const functionFrom = this.rows.inSource(this.row, COLUMN.functionFrom);
    return functionFrom > 1 && this.rows.source.startsWith("? ", functionFrom - 2);
  }

  /**
   * Null where gdb left them out (`(...)`) or had no data: empty parentheses say "no parameters" only in a frame with
   * a source line.
   */
  get arguments(): readonly NamedValue[] | null {
    this.values ??= {};
    if (this.values.arguments === undefined) this.values.arguments = this.readArguments();
    return this.values.arguments;
  }

  /** The arguments, without keeping them: for those who go through all frames of a text. */
  readArguments(): readonly NamedValue[] | null {
    const { values } = this;
    return values?.arguments === undefined ? this.parseArguments() : values.arguments;
  }

  /** The same of the locals. */
  readLocals(): readonly NamedValue[] | null {
    const { values, localsSpan: span } = this;
    return values?.locals ?? (span && this.parsed(parseLocals, span));
  }

  /** Null unless the frame stands in a `bt full`; empty for `No locals.`. */
  get locals(): readonly NamedValue[] | null {
    const span = this.localsSpan;
    if (span === null) return null;
    this.values ??= {};
    this.values.locals ??= this.parsed(parseLocals, span);
    return this.values.locals;
  }

  /** Where a part stands in the clean text, or null. */
  part(name: FramePart): Span | null {
    const [start, end] = BOUNDS[name];
    const from = this.rows.get(this.row, start);
    return from < 0 ? null : { from, to: this.rows.get(this.row, end) };
  }

  /** Where a part begins; -1 for none. For those who go through all frames of a text: `part` makes an object. */
  from(name: FramePart): number {
    return this.rows.get(this.row, BOUNDS[name][0]);
  }

  /** Where a part ends. */
  to(name: FramePart): number {
    return this.rows.get(this.row, BOUNDS[name][1]);
  }

  /** Does the part read so? Null stands for none. Cuts nothing out of the text. */
  reads(name: FramePart, text: string | null): boolean {
    const { rows, row } = this;
    const bounds = BOUNDS[name];
    const from = rows.get(row, bounds[0]);
    if (from < 0 || text === null) return from < 0 && text === null;
    if (rows.get(row, bounds[1]) - from !== text.length) return false;
    return rows.source.startsWith(text, from - rows.distance);
  }

  /** Has the text such a part? */
  has(name: FramePart): boolean {
    return this.rows.get(this.row, BOUNDS[name][0]) >= 0;
  }

  private slice(name: FramePart): string | null {
    const span = this.part(name);
    return span && this.cut(span);
  }

  private parseArguments(): readonly NamedValue[] | null {
    const span = this.part("arguments");
    if (span === null) return null;
    const inside = span.from === span.to ? "" : this.cut(span).trim();
    if (inside === "...") return null;
    if (inside === "") return this.has("file") ? [] : null;
    return this.parsed(parseArguments, span);
  }

  private parsed(parse: (text: string, span: Span) => NamedValue[], { from, to }: Span) {
    const { source, distance } = this.rows;
    const found = parse(source, { from: from - distance, to: to - distance });
    return distance === 0 ? found : found.map((value) => movedValue(value, distance));
  }
}

/** `0x00007F00`, or the kernel's bare `00007F00`, as `0x7f00`. */
export function canonicalAddress(printed: string): string {
  const lower = printed.toLowerCase();
  const start = lower.startsWith("0x") ? 2 : 0;
  let at = start;
  while (lower.charCodeAt(at) === DIGIT_0) at++;
  if (at === lower.length) return "0x0";
  return at === 2 && start === 2 ? lower : `0x${lower.slice(at)}`;
}
