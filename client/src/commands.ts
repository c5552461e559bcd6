import type { BaseLanguageClient } from "vscode-languageclient";
import { copyCommand, openCase, openNote } from "./cases/commands";
import { copyCleanStack, copyGroupSummary } from "./commands/copy";
import { goToProcess } from "./commands/goToProcess";
import { copyGdbScript, copyNext, copyShellLoop, showNext } from "./commands/next";
import { readActiveEditor, unwrap } from "./commands/reading";
import { showLocations } from "./commands/showLocations";
import { digestCommands } from "./digest/commands";
import type { Digests } from "./digest/digests";
import type { GdbCommands } from "./gdb/commandNames";
import { showNewNote } from "./notes/commands";
import type { SourceFinder } from "./source/finder";
import { locateSource } from "./source/locate";

/** The commands `backtraceReader.NAME`, as package.json lists them. */
export const commands = (
  client: BaseLanguageClient,
  sources: SourceFinder,
  gdb: GdbCommands,
  digests: Digests,
) => ({
  readAsBacktrace: readActiveEditor,
  unwrap,
  copyCleanStack: () => copyCleanStack(client),
  copyGroupSummary: () => copyGroupSummary(client),
  nextProcess: () => goToProcess(client, "next"),
  previousProcess: () => goToProcess(client, "previous"),
  showLocations: showLocations(client),
  locateSource: locateSource(client, sources),
  openCase,
  openNote: (given?: Parameters<typeof openNote>[1]) => openNote(client, given),
  copyCommand,
  showNewNote,
  showNext: showNext(client, gdb),
  copyNext: () => copyNext(client),
  copyGdbScript: () => copyGdbScript(client),
  copyShellLoop: () => copyShellLoop(client),
  ...digestCommands(client, digests),
  ...gdb,
});
