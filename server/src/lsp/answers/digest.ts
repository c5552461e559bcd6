import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type ProgressToken,
  type Range,
  ResponseError,
} from "vscode-languageserver";
import { cutPart, type Part } from "../../digest/part";
import { placeAround } from "../../digest/places";
import { searchProcesses } from "../../digest/processes";
import { TextIndex } from "../../digest/textIndex";
import { processDetail, processName } from "../../features/digest/digestText";
import { type LinkedPart, type LinkedText, linkedPart } from "../../features/digest/documents";
import { oneLine } from "../../features/hypotheses/words";
import type { Reading } from "../../read/model";
import { read } from "../../read/read";
import { reportCode } from "../../words/reportCode";
import type { Answer, Desk } from "../desk";
import { clientFiles } from "../digest/clientFiles";
import {
  type DigestFollower,
  type Disk,
  type Stamp,
  type StampedDigest,
  type TextFiles,
  Unreadable,
} from "../digest/files";
import { digestHere } from "../digest/here";
import { failuresTo } from "../safely";

interface AboutFile {
  readonly uri: string;
}

interface ListedPart {
  readonly label: string;
  readonly detail: string;
  readonly part: LinkedPart;
}

/**
 * Questions of the client about files that are too large for an editor. `disk` reads files of this machine; without it,
 * and elsewhere, the client reads them.
 */
export const digestAnswer = (disk: Disk | null): Answer => ({
  capabilities: {},
  listen(desk) {
    const { connection } = desk;
    const clerk = new Clerk(desk, disk);
    connection.onRequest("backtraceReader/digest", clerk.told(clerk.digest));
    connection.onRequest("backtraceReader/part", clerk.told(clerk.part));
    connection.onRequest("backtraceReader/fileKind", clerk.told(clerk.kind));
    connection.onRequest("backtraceReader/digestCase", desk.anything("case", null, clerk.case));
    connection.onRequest("backtraceReader/digestParts", desk.anything("parts", [], clerk.parts));
  },
});

/** So many digests are remembered. */
const MOST_DIGESTS = 4;

/** More processes than these nobody looks through. */
const MOST_LISTED = 200;

const CHANGED =
  "The file has changed since its digest was made, and the places in it are not known any more: read it again.";

class Clerk {
  private readonly desk: Desk;
  private readonly connection: Connection;
  private readonly disk: Disk | null;
  private readonly elsewhere: TextFiles;
  private readonly known = new Map<string, StampedDigest>();

  constructor(desk: Desk, disk: Disk | null) {
    this.desk = desk;
    this.connection = desk.connection;
    this.disk = disk;
    this.elsewhere = clientFiles(desk.connection);
  }

  readonly digest = async (
    { uri, workDoneToken }: AboutFile & { readonly workDoneToken?: ProgressToken },
    token: CancellationToken,
  ): Promise<LinkedText & { readonly stamp: Stamp }> => {
    const reporter = this.connection.window.attachWorkDoneProgress(workDoneToken);
    reporter.begin("", 0);
    let percent = 0;
    const progress = (share: number) => {
      if (Math.floor(100 * share) === percent) return;
      percent = Math.floor(100 * share);
      reporter.report(percent);
    };
    try {
      const failed = failuresTo(this.connection.console);
      const made = await this.make(uri, { progress, failed, token });
      this.remember(uri, made);
      return { ...made.digest, stamp: made.stamp };
    } finally {
      reporter.done();
    }
  };

  /** What a part says. `stamp` is the file's as of the digest that led there. */
  readonly part = async ({ uri, stamp, start, end }: AboutFile & Range & { stamp: Stamp }) => {
    const files = this.filesOf(uri);
    const digest = this.known.get(uri);
    const isKnown = digest !== undefined && isSame(digest.stamp, stamp);
    if (!isKnown && !isSame(await files.stamp(uri), stamp)) throw new Unreadable(CHANGED);
    const index = isKnown ? TextIndex.from(digest.index) : null;
    const open = (byte: number) => files.parts(uri, byte, () => {});
    const part: Part | null = await cutPart(open, { start, end }, index);
    if (part === null) throw new Unreadable(CHANGED);
    const { header, text, ...rest } = part;
    return { ...rest, text: header + text };
  };

  /** What a file looks like by its beginning. */
  readonly kind = async ({ uri }: AboutFile): Promise<{ kind: "backtrace" | "log" | null }> => {
    for await (const text of this.filesOf(uri).parts(uri, 0, () => {}))
      if (text !== "") return { kind: kindOf(read(text.slice(0, HEAD))) };
    return { kind: null };
  };

  readonly case = ({ uri, note }: AboutFile & { readonly note: string }): LinkedText | null => {
    const cases = this.known.get(uri)?.cases ?? {};
    return Object.hasOwn(cases, note) ? (cases[note] ?? null) : null;
  };

  /** The processes that a person may mean, and the line. */
  readonly parts = ({ uri, text }: AboutFile & { readonly text: string }): ListedPart[] => {
    const digest = this.known.get(uri);
    if (digest === undefined) return [];
    const { processes, isCsv, index } = digest;
    const found = searchProcesses(processes, text, MOST_LISTED).map((process) => ({
      label: oneLine([processName(process), process.program ?? ""].join(" "), 120),
      detail: processDetail(process),
      part: linkedPart(process.place, isCsv),
    }));
    const line = /^\s*:?(\d{1,12})\s*$/.exec(text)?.[1];
    const isThere = line !== undefined && Number(line) > 0 && Number(line) <= index.line + 1;
    return isThere ? [...found, lineItem(Number(line), isCsv)] : found;
  };

  /** A handler whose failures are told to the person who asked, as `{ problem }`. */
  told<P, R>(handle: (params: P, token: CancellationToken) => Promise<R>) {
    return async (params: P, token: CancellationToken): Promise<unknown> => {
      try {
        return await handle(params, token);
      } catch (error) {
        if (token.isCancellationRequested)
          return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
        if (error instanceof Unreadable) return { problem: error.message };
        failuresTo(this.connection.console)("digest", error);
        return { problem: `That did not work (report code ${reportCode(error)}).` };
      }
    };
  }

  private make(uri: string, follower: DigestFollower): Promise<StampedDigest> {
    const task = { uri, notes: this.desk.judgements.notes };
    return this.disk && isFile(uri)
      ? this.disk.digest(task, follower)
      : digestHere(this.elsewhere, task, follower);
  }

  private filesOf(uri: string): TextFiles {
    return this.disk && isFile(uri) ? this.disk : this.elsewhere;
  }

  private remember(uri: string, digest: StampedDigest): void {
    this.known.delete(uri);
    this.known.set(uri, digest);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_DIGESTS && oldest !== undefined) this.known.delete(oldest);
  }
}

function lineItem(number: number, isCsv: boolean): ListedPart {
  const at = { line: number - 1, character: 0 };
  const part = linkedPart(placeAround({ start: at, end: at }), isCsv);
  return { label: `Line ${number}`, detail: "", part };
}

/** As much tells what a file is. */
const HEAD = 64 << 10;

/** Fewer entries may be an accident. */
const ENOUGH_RECORDS = 5;

function kindOf({ processes, records }: Reading): "backtrace" | "log" | null {
  const threads = processes.flatMap((process) => process.threads);
  if (threads.some(({ frames }) => frames.length > 1)) return "backtrace";
  return records.length >= ENOUGH_RECORDS ? "log" : null;
}

const isFile = (uri: string): boolean => uri.startsWith("file:");

const isSame = (one: Stamp, other: Stamp): boolean =>
  one.size === other.size && one.time === other.time;
