// The shape of the data under knowledge/locks; knowledge/schema/locks.schema.json checks it.

export type LockKind =
  | "mutex"
  | "rwlock"
  | "condition"
  | "semaphore"
  | "file-lock"
  | "futex"
  | "unknown";

export interface LockFile {
  readonly library: string;
  readonly locks: readonly LockEntry[];
}

/** Functions that wait for the same kind of lock under the same parameter. */
export interface LockEntry {
  readonly functions: readonly string[];
  /** `none`: whoever stands in it waits for something else than a lock, whatever its callees are. */
  readonly kind: LockKind | "none";
  /** What the parameter is called in different versions. */
  readonly arguments: readonly string[];
  /** What it points to, for a cast in gdb. */
  readonly type?: string;
  /** It points to a structure that only contains or points to the real lock. */
  readonly wraps?: boolean;
  /** It is no address, but an identifier or a descriptor. */
  readonly number?: boolean;
  /** Can another process hold it? */
  readonly shared?: boolean;
}
