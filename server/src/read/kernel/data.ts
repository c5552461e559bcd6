import files from "knowledge:kernel";

// What knowledge/kernel says; knowledge/schema/kernel.schema.json checks it.

/**
 * How the frame at fault is found: the code that did it, what a task waits in, where a lock was taken, the operation
 * that a stuck task works on, or what recurs.
 */
export type Search = "site" | "wait" | "holder" | "operation" | "recursion";

/** A kind of report that the kernel prints. */
export interface ReportKind {
  /** Stable kebab-case name. */
  readonly kind: string;
  readonly explain: string;
  /** Does it say that something crashed, was killed or hangs? */
  readonly crash: boolean;
  readonly search: Search;
  /** How its headline begins; `*` stands for any characters. None where userFault.ts reads it. */
  readonly patterns: readonly string[];
  /** What stands inside its headline, where the beginning is a name. */
  readonly phrase?: string;
  /** Believed only behind a kernel's stamp: anything else may print such a line too. */
  readonly stamped?: true;
  /** Its stack has no `Call Trace:` above it. */
  readonly bare?: true;
  /** A headline that `follows` may come next and belongs to the same report. */
  readonly leads?: true;
  readonly follows?: true;
  /** Regular expressions whose named groups become fields. */
  readonly reads?: readonly string[];
  readonly samples: readonly string[];
}

/** Functions that are never at fault, or that hand out work, by what they do. Names may end in `*`. */
export interface FunctionGroup {
  readonly what: string;
  readonly functions: readonly string[];
  /** In this search the functions may be at fault after all. */
  readonly notFor?: Search;
}

export interface TaintLetter {
  readonly letter: string;
  readonly name: string;
  readonly meaning: string;
}

export interface Trap {
  readonly trap: string;
  readonly signal: string;
  readonly meaning: string;
}

export interface PageFaultBit {
  readonly mask: number;
  readonly name: string;
  readonly clear: string | null;
  readonly set: string;
}

/** The files of knowledge/kernel, each with one of these lists. */
export interface KernelKnowledge {
  readonly reports: readonly ReportKind[];
  /** How lines inside a report begin. */
  readonly parts: readonly string[];
  /** Functions that report, check, lock, copy or allocate: below them stands what used them wrongly. */
  readonly machinery: readonly FunctionGroup[];
  /** Functions that hand out work: what they called is the operation. */
  readonly dispatchers: readonly FunctionGroup[];
  readonly taint: readonly TaintLetter[];
  readonly traps: readonly Trap[];
  readonly pageFaultBits: readonly PageFaultBit[];
}

export type KernelFile = Partial<KernelKnowledge>;

/** Everything that is known of the kernel's messages. */
export const knowledge = Object.assign({}, ...files) as KernelKnowledge;

/** What is known of a kind of record. */
export const reportNamed = (kind: string): ReportKind | undefined =>
  knowledge.reports.find((entry) => entry.kind === kind);

/** What each letter behind `Tainted:` means; unknown letters are left out. */
export const taintMeanings = (letters: string): TaintLetter[] =>
  [...letters].flatMap((letter) => knowledge.taint.filter((entry) => entry.letter === letter));

/** A trap's entry by the kernel's name for it. */
export const trapNamed = (name: string): Trap | undefined =>
  knowledge.traps.find((entry) => entry.trap === name);
