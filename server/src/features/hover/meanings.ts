import { lookupNames } from "../../frames/names";
import type { Process } from "../../read/model";
import type { NamedValue } from "../../read/values";
import { unixTime } from "../meaning";
import { numericValue } from "../values";
import { addressLooks } from "./known/addresses";
import { errorNumber, numberName, signalArgument } from "./known/values";
import { code, plain } from "./markdown";
import { printedText } from "./printedText";

/** A value with what stands around it. */
export interface ValueScene {
  readonly value: NamedValue;
  /** The other arguments, locals or members. */
  readonly siblings: readonly NamedValue[];
  /** The function of the frame; null for `??`. */
  readonly function: string | null;
  readonly process: Process | null;
}

/** What the value tells by itself, a sentence each. */
export function meanings(scene: ValueScene): string[] {
  return [...words(scene), ...numbers(scene), ...pointers(scene), ...texts(scene)];
}

function words({ value }: ValueScene): string[] {
  if (value.value === "<optimized out>") {
    return [
      "The compiler kept no copy of this value here. The caller's frame often still has it: `up`.",
    ];
  }
  if (value.value.startsWith("<error: Cannot access memory")) {
    return ["gdb could not read the memory that this value points to."];
  }
  return [];
}

function numbers({ value: { name, value }, function: caller, process }: ValueScene): string[] {
  if (!/^-?\d{1,20}$/.test(value)) return [];
  const number = Number(value);
  const named = numberName(name, number, caller === null ? [] : lookupNames(caller));
  if (named) {
    const reference = named.reference ? ` (${plain(named.reference)})` : "";
    return [`**${plain(named.name)}**`, `${plain(named.about)}${reference}`];
  }
  const signal = signalArgument(name, number);
  if (signal) return [`**${plain(signal.name)}**`, plain(signal.means)];
  const error = errorNumber(name, number);
  if (error) return [`May be **${error.name}**: ${plain(error.means)}.`];
  return [timeMeaning(name, value), threadMeaning(name, value, process), hexMeaning(value)].filter(
    (meaning) => meaning !== null,
  );
}

function timeMeaning(name: string, value: string): string | null {
  const time = unixTime(name, value);
  return time && `May be a time: ${time}, if it counts seconds since 1970.`;
}

const THREAD_NAME = /^(?:expected|owner|__owner|pid|tid|lwp|threadid|thread|thr|th|pd)$/;

function threadMeaning(name: string, value: string, process: Process | null): string | null {
  if (!THREAD_NAME.test(name) || process === null) return null;
  const id = `0x${BigInt(value).toString(16)}`;
  const thread = process.threads.find((it) => it.lwp === Number(value) || it.id === id);
  if (!thread) return null;
  const kind = thread.id === id ? "pthread id" : "kernel thread id";
  return `The ${kind} of thread ${thread.number ?? "?"} of this process${thread.lwp === null ? "" : ` (LWP ${thread.lwp})`}.`;
}

/** Numbers this large are addresses that were printed as numbers, such as a member of a union. */
function hexMeaning(value: string): string | null {
  const number = BigInt(value);
  return number >= 2n ** 32n ? `In hex: ${code(`0x${number.toString(16)}`)}` : null;
}

function pointers({ value: { value } }: ValueScene): string[] {
  if (!/^(?:\([^()"]{1,200}\) ?)?0x/.test(value)) return [];
  const address = numericValue(value);
  if (address === null) return [];
  const symbol = /^[^"<]{0,240}<([^<>"]{1,200})>/.exec(value)?.[1];
  const target = symbol && !symbol.startsWith("error") ? [`It points to ${code(symbol)}.`] : [];
  return [...target, ...addressLooks(address).map(plain)];
}

function texts({ value, siblings }: ValueScene): string[] {
  const text = printedText(value.value);
  if (text !== null) return [textLength(text.bytes, text.isWhole)];
  const length = /^(\w*?)_?(?:len|length|size)$/i.exec(value.name);
  const owner = length && siblings.find(({ name }) => name === length[1]);
  const measured = owner ? printedText(owner.value) : null;
  if (!owner || !measured?.isWhole || !/^\d{1,9}$/.test(value.value)) return [];
  return [comparison(owner.name, measured.bytes, Number(value.value))];
}

function textLength(bytes: number, isWhole: boolean): string {
  return isWhole ? `A text of ${bytes} bytes.` : "gdb printed only the beginning of this text.";
}

function comparison(name: string, bytes: number, stated: number): string {
  if (bytes === stated) return `The text ${code(name)} is that long.`;
  return `The text ${code(name)} has ${bytes} bytes up to its end, not ${stated}.`;
}
