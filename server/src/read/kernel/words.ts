import { Occurrences } from "../phrase";
import type { KernelLine } from "./line";

/** Says of one line after the other whether it holds a word that is looked for in every line of a report. */
export class Words {
  /** Of `Tainted: ` and `Not tainted`. */
  private readonly taint: Occurrences;
  private readonly process: Occurrences;
  private readonly lastFunction: Occurrences;
  private readonly at: Occurrences;

  constructor(text: string) {
    this.taint = new Occurrences(text, "ainted");
    this.process = new Occurrences(text, " process ");
    this.lastFunction = new Occurrences(text, LAST_FUNCTION);
    this.at = new Occurrences(text, AT);
  }

  tellTaint({ body, to }: KernelLine): boolean {
    return this.taint.isWithin(body, to);
  }

  /** As in `Killed process 512`. */
  tellProcess({ body, to }: KernelLine): boolean {
    return this.process.isWithin(body, to);
  }

  nameFunction({ body, to }: KernelLine): boolean {
    return this.lastFunction.isWithin(body, to) || this.at.isWithin(body, to);
  }
}

export const LAST_FUNCTION = "last function: ";
export const AT = ", at: ";
