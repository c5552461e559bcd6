import type { Progress } from "../files/input";
import type { OnFailure } from "../find/find";
import type { Paint } from "../show/paint";
import type { Options } from "./options";
import type { Task } from "./work";

/** What a command has to do, and where it writes what it has as soon as it is there. */
export interface Job {
  readonly options: Options;
  readonly paint: Paint;
  readonly progress: Progress;
  readonly write: (text: string) => Promise<void>;
  /** Writes what is as safe for a terminal as `write` makes it. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  /** Says what the user should know besides. */
  readonly warn: (text: string) => void;
  /** Hears of a finding or a note that failed. */
  readonly failed: OnFailure;
}

/** What is to be done with each file. */
export const tasksOf = ({ options: { files, depth } }: Job, command: Task["command"]): Task[] =>
  files.map((path) => ({ command, path, depth }));
