// What gdb looks at. Nothing here knows VS Code or starts anything.

/** A process that ran when it was chosen. */
export interface ProcessTarget {
  readonly kind: "process";
  readonly pid: number;
  /** The name that the kernel knows it by; null where it is not known. */
  readonly name: string | null;
  /** When it started, as the system counts. Another process may have the number later. */
  readonly started: string | null;
}

/** A core file with its program. */
export interface CoreTarget {
  readonly kind: "core";
  readonly core: string;
  /** Without it gdb knows no names. */
  readonly executable: string | null;
}

export type Target = ProcessTarget | CoreTarget;

/** How a target is called in a sentence. */
export function targetLabel(target: Target): string {
  if (target.kind === "core") return `core ${baseName(target.core)}`;
  return target.name === null ? `process ${target.pid}` : `process ${target.pid} (${target.name})`;
}

export const baseName = (file: string): string => file.split("/").pop() || file;

/** The arguments that lead gdb to the target. Each file is part of its option, so that none can pass for one. */
export function targetArguments(target: Target): string[] {
  if (target.kind === "process") return [`--pid=${target.pid}`];
  const program = target.executable === null ? [] : [`--se=${target.executable}`];
  return [...program, `--core=${target.core}`];
}

/** A gdb that reads no command files of the user, does what it is told, and ends. */
export const batchArguments = (target: Target, commands: readonly string[]): string[] => [
  "-nx",
  "-batch",
  ...targetArguments(target),
  ...commands.flatMap((command) => ["-ex", command]),
];
