import files from "knowledge:resources";

/** One file of knowledge/resources. */
export interface ResourceFile {
  readonly resources: readonly BoundedResource[];
}

/** Something that a process has only so many of. */
export interface BoundedResource {
  readonly name: string;
  readonly limit: number;
  /** Kinds of log entries that each may take one for ever. */
  readonly takenBy: readonly string[];
  /** Kinds of log entries that show that none is left. */
  readonly exhaustedBy: readonly string[];
  readonly about: string;
  readonly source: string;
}

/** The data of knowledge/resources. */
export const boundedResources: readonly BoundedResource[] = files.flatMap((file) => file.resources);
