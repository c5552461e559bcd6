import { codeTable } from "../chars";
import type { Frame } from "../frame";
import { kernelCulprit } from "./culprit";
import type { ReportKind } from "./data";
import { frameWithin, namedFrame, traceFrame } from "./frame";
import type { KernelLine } from "./line";
import { indexWithin } from "./search";
import { AT, LAST_FUNCTION, type Words } from "./words";

interface Stack {
  /** Did a `Call Trace:` announce it? */
  readonly announced: boolean;
  readonly frames: Frame[];
}

const HEADS = ["Call Trace:", "Call trace:", "Backtrace:", "backtrace:", "Call Trace (", "Trace:"];

/** Registers of the place where the processor was. */
const SITES = ["RIP: 0010:", "RIP: 0018:", "IP: ", "EIP: ", "PC is at ", "pc : ", "NIP ", "epc "];

const MAY_ANNOUNCE = codeTable([...HEADS, ...SITES].map((start) => start.charAt(0)).join(""));

/** What stands between the frames of one stack without ending it. */
const INSIDE =
  /^(?:<|RIP|RSP|R[0-9A-Z]{2}:|EIP|ESP|E[A-Z]{2}:|[CDF]S:|[CD]R\d:|Code|Exception stack|[0-9a-f]{4}:|r\d+:|\[<|---- interrupt|LR|MSR|NIP|--- Exception)/;

/** Collects the stacks of one report and picks the one that tells what happened. */
export class Stacks {
  private readonly kind: ReportKind;
  private readonly words: Words;
  private readonly stacks: Stack[] = [];
  private open: Stack | null = null;
  private site: Frame | null = null;
  private named: Frame | null = null;
  private closed = false;

  constructor(kind: ReportKind, words: Words) {
    this.kind = kind;
    this.words = words;
  }

  /** Has no stack begun yet? */
  get isEmpty(): boolean {
    return this.stacks.length === 0;
  }

  /** What follows repeats the registers, or belongs to the panic that ends it all. */
  close(): void {
    this.closed = true;
    this.open = null;
  }

  /** Takes the line if it shows a frame or announces some. */
  take(line: KernelLine): boolean {
    const { text, body, to } = line;
    if (this.closed) return traceFrame(text, body, to) !== null;
    if (MAY_ANNOUNCE[text.charCodeAt(body)] !== 1) return this.addFrame(line);
    if (HEADS.some((head) => text.startsWith(head, body))) {
      this.begin(true);
      return behindHead(this.open, line);
    }
    if (SITES.some((site) => text.startsWith(site, body))) return this.addSite(line);
    return this.addFrame(line);
  }

  private addFrame(line: KernelLine): boolean {
    const frame = traceFrame(line.text, line.body, line.to);
    if (frame === null) return this.pass(line);
    if (this.open === null) this.begin(false);
    this.open?.frames.push(frame);
    return true;
  }

  private begin(announced: boolean): void {
    this.open = { announced, frames: [] };
    this.stacks.push(this.open);
  }

  private addSite(line: KernelLine): boolean {
    const frame = frameWithin(line.text, line.body, line.to);
    if (frame === null) return true;
    if (this.open) {
      if (this.open.frames.length > 0 || this.site === null) this.open.frames.push(frame);
    } else this.site ??= frame;
    return true;
  }

  /** A line that is no frame ends the stack, unless it is of those that stand inside one. */
  private pass(line: KernelLine): boolean {
    const { text, body, to } = line;
    if (body === to) this.open = null;
    else if (this.open && INSIDE.test(text.slice(body, body + 24))) return true;
    if (this.named === null && this.words.nameFunction(line)) this.named = namedIn(line);
    return false;
  }

  /** A line that is known to stand outside of stacks. */
  end(): void {
    if (this.open && this.open.frames.length > 0) this.open = null;
  }

  /** The report's stack with the frame most likely at fault; `headline` stands in where the text has no stack. */
  pick(headline: Frame | null): { frames: Frame[] | null; culprit: number | null } {
    const full = this.stacks.filter((stack) => stack.frames.length > 0);
    const fits = full.filter((stack) => stack.announced !== (this.kind.bare === true));
    if (this.kind.search === "holder" && this.named)
      return { frames: [this.named, ...(full[0]?.frames ?? [])], culprit: 0 };
    const candidates = (fits.length > 0 ? fits : full).map((stack) => this.withSite(stack));
    if (candidates.length === 0 && this.site) candidates.push([this.site]);
    for (const frames of candidates) {
      const culprit = kernelCulprit(frames, this.kind.search);
      if (culprit !== null) return { frames, culprit };
    }
    const fallback = candidates[0] ?? null;
    const alone = this.named ?? headline;
    if (fallback === null && alone) return { frames: [alone], culprit: 0 };
    return { frames: fallback, culprit: null };
  }

  /** Some processors' stacks begin below the place of the fault, others with it. */
  private withSite(stack: Stack): Frame[] {
    const { site } = this;
    const first = stack.frames[0];
    if (site === null || first === undefined || site.span.from > first.span.from)
      return stack.frames;
    const isSame = site.function === first.function && site.offset === first.offset;
    return isSame ? stack.frames : [site, ...stack.frames];
  }
}

/** Some kernels print the first frame on the line of the head. */
function behindHead(stack: Stack | null, line: KernelLine): boolean {
  const colon = indexWithin(line.text, ":", line.body, line.to);
  const frame = colon < 0 ? null : traceFrame(line.text, colon + 1, line.to);
  if (frame) stack?.frames.push(frame);
  return true;
}

/** A report without a stack may still name a function: `last function: addrconf_dad_work`, `at: fuse_lock_inode+0xa2/0xd0`. */
function namedIn({ text, body, to }: KernelLine): Frame | null {
  const line = text.slice(body, to);
  const last = line.indexOf(LAST_FUNCTION);
  if (last >= 0) return namedFrame(text, body + last + LAST_FUNCTION.length, to);
  const at = line.indexOf(AT);
  return at < 0 ? null : frameWithin(text, body + at, to);
}
