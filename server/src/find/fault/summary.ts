import { printable, shorten } from "../../words/printable";
import type { AddressFacts } from "./addresses";
import type { Crash } from "./crash";

/** `haproxy read 0x7fdb0426e000 (the first byte of a page) in ld-musl-x86_64.so.1 at 0x5105b, the C library` */
export function faultSummary(crash: Crash, facts: AddressFacts): string {
  const program = crash.program === null ? "A program" : name(crash.program);
  const place = isJump(crash, facts) && crash.function !== null ? from(crash) : where(crash);
  return `${program} ${[whatHappened(crash, facts), place].filter(Boolean).join(" ")}`;
}

const isJump = (crash: Crash, facts: AddressFacts): boolean =>
  crash.trap === null && (facts.jump === true || crash.access === "fetch");

/** Where a jump went there are no functions: the innermost is the one that jumped. */
const from = (crash: Crash): string => `from ${name(crash.function ?? "")}`;

function whatHappened(crash: Crash, facts: AddressFacts): string {
  const { address, trap, signal } = crash;
  if (trap !== null) return `got ${signal ?? "a signal"} (${name(trap)})`;
  if (address === null) return `got ${signal ?? "a fatal signal"}`;
  if (isJump(crash, facts)) return `jumped to ${address}${kindOfAddress(facts)}`;
  return `${verb(crash)} ${address}${kindOfAddress(facts)}`;
}

const verb = ({ access }: Crash): string =>
  access === "write" ? "wrote to" : access === "read" ? "read" : "faulted on";

/** The most telling thing about the address. */
function kindOfAddress(facts: AddressFacts): string {
  if (facts.nearNull) return " (a null pointer)";
  if (facts.canonical === false) return " (no possible address)";
  if (facts.nearStack) return " (near the stack pointer)";
  if (facts.pageAligned) return " (the first byte of a page)";
  return "";
}

function where(crash: Crash): string {
  const { object, offset, culprit } = crash;
  const place = object === null ? null : `${name(object)}${offset === null ? "" : ` at ${offset}`}`;
  const inside = crash.function ?? place;
  if (inside === null) return "";
  const routine = crash.copyRoutine && crash.function === null ? ", the C library" : "";
  const caller =
    culprit !== null && culprit !== crash.function ? `, called by ${name(culprit)}` : "";
  return `in ${name(inside)}${routine}${caller}`;
}

const name = (text: string): string => printable(shorten(text, 100));
