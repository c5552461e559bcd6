import { canonicalAddress } from "../../read/frame";
import type { Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { lastAtOrBefore, type Span } from "../../read/span";

// What gdb was asked about the fault itself:
//
//     (gdb) p $_siginfo._sifields._sigfault.si_addr
//     $1 = (void *) 0x7fffff7fef70
//     $2 = {si_signo = 11, ..., _sigfault = {si_addr = 0x10, _addr_lsb = 0, ...
//     => 0x7ffff7f3bad8 <__strlen_evex+24>:	vpcmpeqb (%rdi),%ymm16,%k0

/** A place of the text that tells an address. */
interface Told {
  readonly address: string;
  readonly span: Span;
  /** The function in which the instruction lies; null for the address of a fault. */
  readonly function: string | null;
}

/** The address of the fault as gdb printed it between `span.from` and `span.to`. */
export const toldFault = (reading: Reading, span: Span): Told | null =>
  within(faults(reading), span)[0] ?? null;

/** Where the named function stood, by a disassembly between `span.from` and `span.to`. */
export const toldInstruction = (reading: Reading, span: Span, name: string): Told | null =>
  within(instructions(reading), span).find((told) => told.function === name) ?? null;

function within(told: readonly Told[], span: Span): readonly Told[] {
  const first = lastAtOrBefore(told, span.from - 1, (one) => one.span.from) + 1;
  const end = lastAtOrBefore(told, span.to - 1, (one) => one.span.from) + 1;
  return told.slice(first, end);
}

const faults = oncePer((reading: Reading): readonly Told[] =>
  [...structures(reading), ...answers(reading)].sort((a, b) => a.span.from - b.span.from),
);

function structures({ clean: { text } }: Reading): Told[] {
  return findAll(text, /\{si_addr = (0x[0-9a-f]{1,16})\b/g, (found) => ({
    address: canonicalAddress(found[1] as string),
    function: null,
  }));
}

/** The answer stands on the line below its question. */
function answers({ clean: { text }, prompts }: Reading): Told[] {
  return prompts.flatMap(({ command }) => {
    if (!/^(?:p|print)\b.{0,80}\.si_addr\s*$/.test(text.slice(command.from, command.to))) return [];
    const from = text.indexOf("\n", command.to) + 1;
    const line = from === 0 ? "" : (text.slice(from, from + 200).split("\n")[0] as string);
    const address = /^\$\d+ = \(void \*\) (0x[0-9a-f]{1,16})\b/.exec(line)?.[1];
    if (address === undefined) return [];
    const span = { from, to: from + line.length };
    return [{ address: canonicalAddress(address), span, function: null }];
  });
}

const instructions = oncePer(({ clean: { text } }: Reading): readonly Told[] =>
  findAll(text, /=> (0x[0-9a-f]{1,16}) <([\w.$@]{1,200})(?:\+\d{1,9})?>:/g, (found) => ({
    address: canonicalAddress(found[1] as string),
    function: found[2] as string,
  })),
);

function findAll(
  text: string,
  pattern: RegExp,
  make: (found: RegExpMatchArray) => Omit<Told, "span">,
): Told[] {
  return [...text.matchAll(pattern)].map((found) => ({
    ...make(found),
    span: { from: found.index, to: found.index + found[0].length },
  }));
}
