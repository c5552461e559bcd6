import {
  BLANK,
  CLOSE_PAREN,
  DIGIT_0,
  HASH,
  isDigit,
  isWordCharacter,
  OPEN_PAREN,
  skipHex,
} from "../read/chars";
import { scanFrame } from "../read/gdb/scanFrame";
import { detached, labelOf } from "./groups";

/** A function on a stack; the way from the innermost function to it tells the stack. */
export interface StackNode {
  /** Counted from 1. */
  readonly id: number;
  /** By their labels. */
  readonly callers: Map<string, StackNode>;
  /** What stands in front of its arguments; null where that does not tell its label. */
  readonly opening: string | null;
  /** The caller that was met last: mostly the next is the same. */
  last: StackNode | null;
}

/** Lines with the frames 0, 1, 2 and so on. */
export interface StackLines {
  readonly from: number;
  /** Where the first line goes on behind its number. */
  readonly call: number;
  /** Behind the last line. */
  readonly to: number;
  readonly count: number;
  /** The outermost function; null where a line is no frame of the common form, or too much is known already. */
  readonly node: StackNode | null;
}

/** Functions beyond so many on different stacks are not kept. */
const MOST_NODES = 1 << 18;

/** The functions of all stacks that were met. */
export class StackTree {
  private nodes = 0;
  private readonly root = this.newNode(null);

  /** The frames whose first, number 0, stands at `from`. The text goes on with more lines behind `end`. */
  linesFrom(text: string, from: number, end: number): StackLines {
    let node: StackNode | null = this.root;
    let at = from;
    let count = 0;
    let last = from;
    while (at < end) {
      const call = behindNumber(text, at, count);
      if (call < 0) break;
      const to = lineEnd(text, call);
      node = node && this.callerOf(node, text, { from: at, call, to });
      last = at;
      at = Math.min(text.length, to + 1);
      count++;
    }
    if (GLUED.test(text.slice(last, at))) node = null;
    return { from, call: behindNumber(text, from, 0), to: at, count, node };
  }

  /** The node's caller, whose line starts at `from` and goes on behind its number at `call`. */
  private callerOf(node: StackNode, text: string, line: Line): StackNode | null {
    const name = behindAddress(text, line);
    if (name < 0 || !endsPlainly(text, name, line.to)) return this.scannedCaller(node, text, line);
    const { last } = node;
    if (last !== null && last.opening !== null && text.startsWith(last.opening, name)) return last;
    const open = plainNameEnd(text, name);
    if (open < 0) return this.scannedCaller(node, text, line);
    return this.enter(node, text.slice(name, open), text.slice(name, open + 2));
  }

  /** The same for a line that has to be taken apart. */
  private scannedCaller(node: StackNode, text: string, { from, to }: Line): StackNode | null {
    const line = text.slice(from, to);
    const frame = scanFrame(line, 0, line.length);
    if (!frame?.isWhole) return null;
    const { functionFrom, functionTo, argumentsFrom, libraryFrom, libraryTo } = frame.parts;
    const part = (start: number, end: number) => (start < 0 ? null : line.slice(start, end));
    const name = part(functionFrom, functionTo);
    if (frame.isSignalHandler || name === null || name === "??") {
      const unnamed = name === "??" ? null : name;
      const label = labelOf(frame.isSignalHandler, unnamed, part(libraryFrom, libraryTo));
      return this.enter(node, label, null);
    }
    const isTelling =
      argumentsFrom > functionTo &&
      endsPlainly(line, functionFrom, line.length) &&
      isBalanced(name);
    return this.enter(node, name, isTelling ? line.slice(functionFrom, argumentsFrom) : null);
  }

  private enter(node: StackNode, label: string, opening: string | null): StackNode | null {
    let caller = node.callers.get(label);
    if (caller === undefined) {
      if (this.nodes >= MOST_NODES) return null;
      caller = this.newNode(opening);
      node.callers.set(detached(label), caller);
    }
    node.last = caller;
    return caller;
  }

  private newNode(opening: string | null): StackNode {
    const id = ++this.nodes;
    return { id, callers: new Map(), opening: opening && detached(opening), last: null };
  }

  /** Does the way over these labels lead to the node? */
  leadsTo(node: StackNode, labels: readonly string[]): boolean {
    let at: StackNode | undefined = this.root;
    for (const label of labels) at = at?.callers.get(label);
    return at === node;
  }
}

/** Places in a frame's line. */
interface Line {
  readonly from: number;
  /** Behind the number and the blanks. */
  readonly call: number;
  readonly to: number;
}

/** Begins what may stand behind the last frame where line breaks were lost. */
const GLUED = / #|Thread |\(gdb|\[|===/;

/** Behind `#NUMBER` and blanks, or -1 where the line does not begin with that. */
function behindNumber(text: string, from: number, number: number): number {
  if (text.charCodeAt(from) !== HASH) return -1;
  let at = from + 1;
  let found = 0;
  for (; isDigit(text.charCodeAt(at)) && at < from + 9; at++)
    found = 10 * found + text.charCodeAt(at) - DIGIT_0;
  if (at === from + 1 || found !== number || text.charCodeAt(at) !== BLANK) return -1;
  while (text.charCodeAt(at) === BLANK) at++;
  return at;
}

/** As many characters has the address of a program of 64 bits: `0x00007f29a4f3ce30`. */
const ADDRESS = 18;

/** Where the function starts: behind `0x7f29 in `, or at once where there is no address; -1 for other lines. */
function behindAddress(text: string, { call, to }: Line): number {
  if (text.charCodeAt(call) !== DIGIT_0) return call;
  if (text.startsWith(" in ", call + ADDRESS) && call + ADDRESS + 4 < to) return call + ADDRESS + 4;
  const end = skipHex(text, call, to);
  return end > call && text.startsWith(" in ", end) ? end + 4 : -1;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Does nothing stand behind the last parenthesis but a place? */
function endsPlainly(text: string, from: number, to: number): boolean {
  let after = to;
  while (after > from && text.charCodeAt(after - 1) !== CLOSE_PAREN) after--;
  if (after === from) return false;
  return after === to || text.startsWith(" at ", after) || text.startsWith(" from ", after);
}

/** A name that breaks off within its brackets begins many others. */
const isBalanced = (name: string): boolean =>
  name.split("<").length === name.split(">").length &&
  name.split("(").length === name.split(")").length;

/** In front of them a parenthesis belongs to the name. */
const NO_NAMES: ReadonlySet<string> = new Set(["operator", "decltype", "typeof", "__typeof__"]);

/** The end of a name as C has them that stands in front of its arguments, or -1. */
function plainNameEnd(text: string, from: number): number {
  let to = from;
  while (isWordCharacter(text.charCodeAt(to))) to++;
  if (to === from || text.charCodeAt(to) !== BLANK || text.charCodeAt(to + 1) !== OPEN_PAREN)
    return -1;
  return NO_NAMES.has(text.slice(from, to)) ? -1 : to;
}
