import { waitingFor } from "../frames/waiting";
import type { Process, Reading } from "../read/model";
import type { ToRange } from "../show/toSource";
import { shorten } from "../words/printable";
import { detached } from "./detached";
import { type Place, processPlace, processSpan } from "./places";

/** A process of a text that is not kept. */
export interface ListedProcess {
  /** Counted from 1. */
  readonly number: number;
  readonly pid: number | null;
  readonly program: string | null;
  readonly signal: string | null;
  readonly threads: number;
  /** What the thread that got the signal, or else the first one, was doing. */
  readonly state: string;
  readonly place: Place;
}

/** More processes are only counted: a fleet of 300 servers has 60,000. */
const MOST_LISTED = 200_000;

const LONGEST_NAME = 200;

/** So many different names are kept. */
const MOST_NAMES = 20_000;

/** The processes of a text, in its order. */
export class ProcessList {
  readonly listed: ListedProcess[] = [];
  private readonly names = new Map<string, string>();
  count = 0;

  add(reading: Reading, process: Process, range: ToRange): void {
    this.count++;
    if (this.count > MOST_LISTED) return;
    const { pid, threads } = process;
    const thread = threads.find(({ crashed }) => crashed) ?? threads[0];
    this.listed.push({
      number: this.count,
      pid,
      program: this.name(process.program),
      signal: this.name(process.signal),
      threads: threads.length,
      state: this.name(thread && thread.frames.length > 0 ? waitingFor(thread.frames) : null) ?? "",
      place: processPlace(range(processSpan(reading, process)), range(process.span).start),
    });
  }

  /** A copy that does not hold the text which it was cut out of; the same name is kept once. */
  private name(name: string | null): string | null {
    if (name === null) return null;
    const short = shorten(name, LONGEST_NAME);
    const known = this.names.get(short);
    if (known !== undefined) return known;
    if (this.names.size >= MOST_NAMES) return "…";
    const copy = detached(short);
    this.names.set(copy, copy);
    return copy;
  }
}

/** Those whose pid begins with the text, or whose program or state has it; the first ones where there are many. */
export function searchProcesses(
  listed: readonly ListedProcess[],
  text: string,
  most: number,
): ListedProcess[] {
  const wanted = text.trim().toLowerCase();
  const isPid = /^\d+$/.test(wanted);
  const isMeant = ({ pid, ...names }: ListedProcess) =>
    isPid ? String(pid ?? "").startsWith(wanted) : nameOf(names).includes(wanted);
  const found: ListedProcess[] = [];
  for (const process of listed) {
    if (found.length === most) break;
    // The one that is meant comes first, however many begin alike.
    if (isPid && String(process.pid) === wanted) found.unshift(process);
    else if (isMeant(process)) found.push(process);
  }
  return found;
}

const nameOf = ({
  program,
  state,
  signal,
}: Pick<ListedProcess, "program" | "state" | "signal">): string =>
  `${program ?? ""} ${signal ?? ""} ${state}`.toLowerCase();
