// The shape of the data under knowledge/frames, knowledge/roles and knowledge/idle-stacks; knowledge/schema checks it.

/** What a frame's function means to the search for the culprit. */
export type Interest = "skip" | "prefix" | "culprit" | "base";

/** How well the explanation was checked: against the project's sources, in part, or common knowledge. */
export type Confidence = "source-checked" | "partly-checked" | "general";

/** One file of knowledge/frames: what is known of the functions of one library. */
export interface FrameFile {
  readonly library: string;
  /** How the file names of the library's shared objects begin: they decide between libraries that share a name. */
  readonly objects: readonly string[];
  /** Parts of source paths that only this library has. */
  readonly sources?: readonly string[];
  /** Nothing in these objects and sources is ever the culprit, and the names hold only in such objects. */
  readonly plumbing?: boolean;
  /** The names count only in frames of these objects, because any program may use them. */
  readonly strict?: boolean;
  readonly confidence: Confidence;
  readonly frames: readonly FrameEntry[];
}

/** Functions that share one explanation. */
export interface FrameEntry {
  readonly names?: readonly string[];
  /** Names in which `*` stands for any characters. */
  readonly patterns?: readonly string[];
  readonly role: string;
  readonly interest: Interest;
  readonly explain: string;
  readonly confidence?: Confidence;
  readonly strict?: boolean;
  readonly reference?: string;
}

/** One file of knowledge/roles. */
export interface RoleFile {
  readonly roles: readonly Role[];
}

/** What kind of work a function does. */
export interface Role {
  readonly id: string;
  /** A few words that follow the name of a thread: "waiting for a lock". */
  readonly label: string;
  /** What it means to find such a function innermost in a stack. */
  readonly meaning: string;
  /** The thread waits, reports a failure, does the program's own kind of work, hands out work, or none of these. */
  readonly state: "waits" | "fails" | "works" | "runs" | "serves";
}

/** One file of knowledge/idle-stacks. */
export interface IdleFile {
  readonly stacks: readonly IdleStack[];
}

/** A stack that is normal for a process with nothing to do. */
export interface IdleStack {
  readonly id: string;
  /** Functions from the innermost outwards, alternatives between bars; known plumbing may stand between them. */
  readonly frames: readonly string[];
  readonly means: string;
}
