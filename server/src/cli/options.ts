import { parseArgs } from "node:util";
import { UsageError } from "../files/usageError";

export { UsageError };

export interface Options {
  readonly command: string;
  readonly files: readonly string[];
  readonly format: "text" | "json" | "ndjson";
  readonly depth: number;
  /** Only commands for gdb, or only for the shell (next). */
  readonly only: "gdb" | "shell" | null;
  /** As a file to run (next). */
  readonly script: boolean;
  /** Folders of notes to look for besides those that come with the program (report, next). */
  readonly notes: readonly string[];
  readonly color: "auto" | "always" | "never";
  readonly help: boolean;
  readonly version: boolean;
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  report: ["text", "json", "ndjson"],
  group: ["text", "json"],
  next: ["text", "json"],
  notes: ["text"],
};

const COMMANDS = "report, group, next or notes";

/** Reads the command line; throws a `UsageError` that names what is wrong with it. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [command = "", ...files] = positionals;
  const options = {
    command,
    files,
    format: values.format as Options["format"],
    depth: values.depth === undefined ? Number.POSITIVE_INFINITY : depth(values.depth),
    only: (values.for ?? null) as Options["only"],
    script: values.script,
    notes: values.notes,
    color: values.color as Options["color"],
    help: values.help,
    version: values.version,
  };
  if (!options.help && !options.version) check(options);
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        depth: { type: "string" },
        for: { type: "string" },
        script: { type: "boolean", default: false },
        notes: { type: "string", multiple: true, default: [] },
        color: { type: "string", default: "auto" },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}

function depth(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new UsageError(`--depth takes a number from 1, not "${value}"`);
  return Number(value);
}

function check({ command, files, format, color, only, notes }: Options): void {
  const formats = FORMATS[command];
  if (command === "") throw new UsageError(`no command given: ${COMMANDS}`);
  if (formats === undefined) throw new UsageError(`unknown command "${command}": ${COMMANDS}`);
  if (!formats.includes(format)) {
    throw new UsageError(`${command} knows the formats ${formats.join(", ")}, not "${format}"`);
  }
  if (only !== null && !["gdb", "shell"].includes(only)) {
    throw new UsageError(`--for takes gdb or shell, not "${only}"`);
  }
  if (notes.length > 0 && !["report", "next"].includes(command)) {
    throw new UsageError(`${command} takes no --notes: only report and next look for them`);
  }
  if (!["auto", "always", "never"].includes(color)) {
    throw new UsageError(`--color takes auto, always or never, not "${color}"`);
  }
  if (command === "notes") checkNotesArguments(files);
  else if (files.length === 0)
    throw new UsageError(`${command} needs a file, or - for standard input`);
}

function checkNotesArguments([verb, ...folders]: readonly string[]): void {
  const isGood = verb === "list" ? folders.length === 0 : verb === "check" && folders.length === 1;
  if (!isGood) throw new UsageError("notes takes list, or check with one folder");
}
