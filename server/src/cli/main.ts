import { once } from "node:events";
import { version } from "../../../package.json";
import type { OnFailure } from "../find/find";
import { COLOURS, PLAIN } from "../show/paint";
import { printableJson } from "../words/printable";
import { reportCode } from "../words/reportCode";
import { type Options, parseOptions, UsageError } from "./options";
import { HELP } from "./usage";

/** Runs the command line; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on("error", endQuietly);
  process.once("SIGINT", interrupt);
  try {
    const options = parseOptions(args);
    if (options.help) await write(HELP);
    else if (options.version) await write(`${version}\n`);
    else return await run(options);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`backtrace-reader: ${error.message}\n`);
    return 2;
  } finally {
    clearProgress();
  }
}

/** What another command needs is not even loaded: knowledge and notes take longer than many a text. */
async function run(options: Options): Promise<number> {
  if (options.command === "notes") return runNotes(options.files);
  const paint = usesColours(options) ? COLOURS : PLAIN;
  const job = { options, paint, write, writeBytes, warn, failed, progress: showProgress };
  if (options.command === "group") await (await import("./group")).group(job);
  else if (options.command === "next") await (await import("./next")).next(job);
  else await (await import("./report")).report(job);
  return 0;
}

async function runNotes([verb, folder = "."]: readonly string[]): Promise<number> {
  const { checkNotes, listNotes } = await import("./notes");
  if (verb === "check") return checkNotes(folder, write);
  await listNotes(write);
  return 0;
}

const warn = (text: string): void => {
  process.stderr.write(text);
};

function usesColours({ color }: Options): boolean {
  if (color !== "auto") return color === "always";
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/** A reader that closed the pipe (`| head`) has seen enough. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}

/** Ctrl-C: the exit code is that of a process which the signal has ended. */
function interrupt(): void {
  clearProgress();
  process.exit(130);
}

/** Text is printable already; in JSON the rest of what a terminal would obey is escaped. */
const write = (text: string): Promise<void> => writeBytes(printableJson(text));

async function writeBytes(bytes: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
}

/** One finding or note that fails leaves the others; the code tells failures apart without a word of the text. */
const failed: OnFailure = (part, error) => {
  process.stderr.write(
    `backtrace-reader: ${part} was left out (report code ${reportCode(error)})\n`,
  );
};

let progressShown = false;

function showProgress(path: string, share: number): void {
  if (process.stderr.isTTY !== true) return;
  progressShown = true;
  process.stderr.write(`\r\x1b[KReading ${path}: ${Math.floor(share * 100)} %`);
}

function clearProgress(): void {
  if (progressShown) process.stderr.write("\r\x1b[K");
  progressShown = false;
}
