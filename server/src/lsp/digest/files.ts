import type { CancellationToken } from "vscode-languageserver";
import { type DigestJob, makeDigest } from "../../digest/digest";
import { type DigestDocuments, digestDocuments } from "../../features/digest/documents";
import type { OnFailure } from "../../find/find";
import type { Note } from "../../notes/note";

/** What tells a file apart from what it was before. */
export interface Stamp {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Files that are read bit by bit, wherever they are. All of it throws `Unreadable`. */
export interface TextFiles {
  stamp(uri: string): Promise<Stamp>;
  /** The text from a byte on; `progress` hears what share of the file has been read. */
  parts(uri: string, byte: number, progress: (share: number) => void): AsyncIterable<string>;
}

/** Something that a person has to know: the file is gone, or no text. */
export class Unreadable extends Error {}

/** What a digest is made of. It can be sent to another thread. */
export interface DigestTask {
  readonly uri: string;
  readonly notes: readonly Note[];
}

/** Who wants it. */
export interface DigestFollower {
  readonly progress: (share: number) => void;
  readonly failed: OnFailure;
  readonly token: CancellationToken;
}

/** A digest with the file that it is of. */
export interface StampedDigest extends DigestDocuments {
  readonly stamp: Stamp;
}

/** The files of this machine, where the server can read them, and digests of them made in another thread. */
export interface Disk extends TextFiles {
  digest(task: DigestTask, follower: DigestFollower): Promise<StampedDigest>;
}

/** Reads the file and makes its digest in this thread; `pause` is called between pieces of it. */
export async function digestOf(
  files: TextFiles,
  { uri, notes }: DigestTask,
  how: Pick<DigestFollower, "progress" | "failed"> & Pick<DigestJob, "pause">,
): Promise<StampedDigest> {
  const stamp = await files.stamp(uri);
  const parts = files.parts(uri, 0, how.progress);
  const { progress: _, ...rest } = how;
  const digest = await makeDigest({ path: uri, parts, notes, ...rest });
  const now = await files.stamp(uri).catch(() => null);
  const facts = {
    bytes: stamp.size,
    written: new Date(stamp.time).toISOString().replace(/\.\d+Z$/, "Z"),
    hasChanged: now?.size !== stamp.size || now.time !== stamp.time,
  };
  return { ...digestDocuments(digest, facts), stamp };
}
