import type { OnFailure } from "../find/find";
import { type CountedGroup, GroupCounter, type ThreadName, threadName } from "../find/groups";
import { type Judgement, judgeSteps } from "../notes/judge";
import type { Note } from "../notes/note";
import { type Block, Blocks } from "../read/blocks";
import type { Steps } from "../read/steps";
import { frameLine } from "../show/frameLine";
import { ranges, type ToRange } from "../show/toSource";
import { type CountedEntries, EntryCounter, ofProblems, ofRecords } from "./entries";
import { Kept, kindsOf } from "./kept";
import { csvHeader } from "./part";
import { type Place, placeAround, processPlace, processSpan } from "./places";
import { ProcessList } from "./processes";
import { pieces, TextIndex } from "./textIndex";
import { blockTimes, WholeOrder } from "./wholeOrder";

/** What is told of a text that is too large to be held. */
export interface Digest {
  readonly path: string;
  readonly index: TextIndex;
  /** Can no part be read without the first line? */
  readonly isCsv: boolean;
  readonly processes: ProcessList;
  readonly threads: number;
  /** Most frequent first. */
  readonly groups: readonly CountedGroup<PlacedName>[];
  /** Threads whose stacks are not among the groups. */
  readonly others: number;
  readonly records: EntryCounter;
  readonly problems: readonly CountedEntries[];
  readonly judgement: Judgement;
  /** What has to be said where not all of the text was judged, or null. */
  readonly limit: string | null;
}

/** A member of a group that can be shown. */
export interface PlacedName extends ThreadName {
  readonly place: Place;
}

export interface DigestJob {
  /** Under which name evidence speaks of the text. */
  readonly path: string;
  readonly parts: AsyncIterable<string>;
  readonly notes: readonly Note[];
  readonly failed: OnFailure;
  /** Called every few milliseconds: may let others work, and throws where nobody wants the digest any more. */
  readonly pause: () => Promise<void>;
}

/** Reads the text once, from its beginning to its end, in the memory for a few blocks. */
export async function makeDigest(job: DigestJob): Promise<Digest> {
  const maker = new Maker(job.path);
  for await (const piece of pieces(job.parts)) {
    maker.addPiece(piece);
    await job.pause();
  }
  maker.finish();
  const sources = await inTurns(maker.kept.sourceSteps(), job.pause);
  const judgement = await inTurns(judgeSteps(sources, job.notes, job.failed), job.pause);
  return maker.digest(judgement);
}

async function inTurns<T>(steps: Steps<T>, pause: DigestJob["pause"]): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await pause();
  }
}

class Maker {
  readonly kept = new Kept();
  private readonly path: string;
  private readonly index = new TextIndex();
  private readonly blocks = new Blocks();
  private readonly order = new WholeOrder();
  private readonly processes = new ProcessList();
  private readonly records = new EntryCounter();
  private readonly problems = new EntryCounter();
  private readonly groups: GroupCounter<PlacedName>;
  private threads = 0;
  private isCsv = false;
  private range: ToRange = () => NOWHERE;

  constructor(path: string) {
    this.path = path;
    this.groups = new GroupCounter(Number.POSITIVE_INFINITY, frameLine, (member) => {
      const { reading, process, thread } = member;
      const { start } = this.range(thread.frames[0]?.span ?? thread.span);
      const place = processPlace(this.range(processSpan(reading, process)), start);
      return { ...threadName(member), place };
    });
  }

  addPiece(piece: string): void {
    if (this.index.characters === 0) this.isCsv = csvHeader(piece) !== "";
    this.index.add(piece);
    for (const block of this.blocks.add(piece)) this.add(block);
  }

  finish(): void {
    this.add(this.blocks.finish());
  }

  private add(block: Block): void {
    const { reading, at } = block;
    this.range = ranges(reading, at);
    this.order.add(blockTimes(reading, this.range));
    this.groups.add(reading);
    for (const process of reading.processes) {
      this.processes.add(reading, process, this.range);
      this.threads += process.threads.length;
    }
    this.records.add(ofRecords(reading.records), this.range);
    this.problems.add(ofProblems(reading.problems), this.range);
    const { text } = reading;
    const kinds = [...kindsOf(reading)];
    const { length } = text;
    this.kept.add(this.path, { text, length, line: at.line, kinds, reading: null });
  }

  digest(judgement: Judgement): Digest {
    const { path, index, isCsv, processes, threads, records } = this;
    return {
      path,
      index,
      isCsv,
      processes,
      threads,
      groups: this.groups.mostFrequentFirst().filter(({ functions }) => functions.length > 0),
      others: this.groups.others,
      records,
      problems: [...this.problems.sorted(), ...this.late()],
      judgement,
      limit: this.kept.limit(),
    };
  }

  /** Where times go back, as far as the whole knows it. */
  private late(): CountedEntries[] {
    return this.order.problems().map(({ code, message, range }) => {
      const place = placeAround(range);
      const entry = { kind: code, severity: null, isCrash: false, message, count: 1 };
      return { ...entry, first: null, last: null, places: [place], lastPlace: place };
    });
  }
}

const START = { line: 0, character: 0 };
const NOWHERE = { start: START, end: START };
