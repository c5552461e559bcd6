import * as vscode from "vscode";
import { programOfCore } from "./coreProgram";
import { gdbProgram } from "./permission";
import { isFile, type RunningProcess, runningProcesses } from "./processes";
import { gdbRunner } from "./run";
import type { CoreTarget, ProcessTarget, Target } from "./target";
import { baseName } from "./target";
import { withProgress } from "./withProgress";

/** Asks what gdb shall look at: some running processes, or a core file. Undefined where the user gives up. */
export async function pickTargets(text: string): Promise<Target[] | undefined> {
  const kind = await pickKind("Capture backtraces of");
  if (kind === "core") return listOf(await pickCore());
  return kind && pickProcesses(text);
}

/** Asks for the one process or core that a document is about. */
export async function pickTarget(text: string): Promise<Target | undefined> {
  const kind = await pickKind("What shall gdb look at?");
  if (kind === "core") return pickCore();
  return kind && pickProcess(text);
}

const listOf = <T>(one: T | undefined): T[] | undefined => (one === undefined ? undefined : [one]);

async function pickKind(title: string): Promise<"process" | "core" | undefined> {
  const processes = {
    label: "$(pulse) Running process…",
    detail: "It stands still while gdb looks at it, and goes on afterwards.",
    kindOf: "process",
  } as const;
  const core = {
    label: "$(file-binary) Core file…",
    detail: "What a program that crashed left behind.",
    kindOf: "core",
  } as const;
  const answer = await vscode.window.showQuickPick([processes, core], { title });
  return answer?.kindOf;
}

const PROCESS_PICK = {
  matchOnDescription: true,
  matchOnDetail: true,
  placeHolder: "Type a part of the name, the number or the command line",
};

async function pickProcesses(text: string): Promise<Target[] | undefined> {
  const chosen = await vscode.window.showQuickPick(processItems(text), {
    ...PROCESS_PICK,
    title: "Capture backtraces of which processes?",
    canPickMany: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ target }) => target) : undefined;
}

async function pickProcess(text: string): Promise<Target | undefined> {
  const title = "Which process?";
  const chosen = await vscode.window.showQuickPick(processItems(text), { ...PROCESS_PICK, title });
  return chosen?.target;
}

interface ProcessItem extends vscode.QuickPickItem {
  readonly target: ProcessTarget;
}

/** The processes of the machine; those whose number stands in the text come first. */
function processItems(text: string): ProcessItem[] {
  const named = pidsIn(text);
  const processes = runningProcesses();
  const rank = ({ pid }: RunningProcess) => (named.has(pid) ? 0 : 1);
  return processes.sort((one, other) => rank(one) - rank(other)).map(processItem(named));
}

const processItem =
  (named: ReadonlySet<number>) =>
  ({ commandLine, ...target }: RunningProcess): ProcessItem => ({
    label: target.name ?? String(target.pid),
    description: named.has(target.pid)
      ? `${target.pid} · this number stands in the text`
      : String(target.pid),
    detail: commandLine.slice(0, 200),
    target,
  });

/** The end of a text is enough to look for the numbers of processes. */
const LOOKED_AT = 1_000_000;

function pidsIn(text: string): ReadonlySet<number> {
  const found = text.slice(-LOOKED_AT).matchAll(/\b(?:pid|process|LWP) (\d{1,10})\b/g);
  return new Set([...found].map((match) => Number(match[1])));
}

async function pickCore(): Promise<CoreTarget | undefined> {
  const core = await browse("Which core file?", "Use This Core");
  if (core === undefined) return undefined;
  const executable = await pickExecutable(core);
  return executable === undefined ? undefined : { kind: "core", core, executable };
}

/** The program of a core: the one that the core names, another, or none (null). */
async function pickExecutable(core: string): Promise<string | null | undefined> {
  const found = await withProgress("Looking which program wrote the core", (_, stop) =>
    programOfCore(core, gdbRunner(gdbProgram()), stop),
  );
  const named: ProgramItem[] =
    found !== null && isFile(found)
      ? [{ label: baseName(found), description: found, detail: "named by the core", file: found }]
      : [];
  const other: ProgramItem = { label: "Browse…", detail: "the program that wrote the core" };
  const none: ProgramItem = {
    label: "Without a program",
    detail: "The stacks will hardly have names.",
  };
  const title = `Which program wrote ${baseName(core)}?`;
  const answer = await vscode.window.showQuickPick([...named, other, none], { title });
  if (answer === other) return browse("Which program wrote the core?", "Use This Program");
  return answer === none ? null : answer?.file;
}

interface ProgramItem extends vscode.QuickPickItem {
  readonly file?: string;
}

async function browse(title: string, openLabel: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    ...(folder && { defaultUri: folder }),
  });
  return chosen?.[0]?.fsPath;
}
