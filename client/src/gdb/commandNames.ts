import type { Uri } from "vscode";

/** What to capture, for callers who know; whatever is left out is asked. */
export interface CaptureRequest {
  readonly pids?: readonly number[];
  readonly core?: string;
  readonly executable?: string;
  readonly full?: boolean;
}

/** A command for gdb about a document, as a code action or a completion gives it. */
export interface GdbRequest {
  readonly uri: string | Uri;
  readonly command: string;
  /** What must be done first, such as `thread 3` and `frame 4`. */
  readonly before?: readonly string[];
}

/** Every command about gdb answers why it did nothing, or undefined. */
export interface GdbCommands {
  captureBacktraces(request?: CaptureRequest): Promise<string | undefined>;
  runInGdb(request?: GdbRequest): Promise<string | undefined>;
  answerInGdb(request?: GdbRequest): Promise<string | undefined>;
  chooseGdbTarget(): Promise<string | undefined>;
}
