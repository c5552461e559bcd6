// One VS Code server with a data folder of its own.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { atEnd } from "./ending.mjs";
import { installHost } from "./install.mjs";

const calmSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * Starts the server on a free port of this machine only, until endAll(). Every workspace is trusted, unless `asksForTrust`.
 * @returns where it listens, the token its pages need, and `lost`, which settles if the server ends by itself.
 */
export async function startServer(settings = {}, { asksForTrust = false } = {}) {
  const { node, serverMain } = installHost();
  const dataFolder = makeDataFolder({ ...calmSettings, ...settings });
  const token = randomUUID();
  const trust = asksForTrust ? [] : ["--disable-workspace-trust"];
  const server = spawn(node, [serverMain, ...serverArguments(dataFolder, token), ...trust], {
    // A process group of its own, so that its extension hosts end with it.
    detached: true,
    env: cleanEnvironment(),
  });
  atEnd(() => stopServer(server, dataFolder));
  const lost = new Promise((resolve) => server.once("exit", resolve));
  return { authority: `127.0.0.1:${await announcedPort(server)}`, token, lost };
}

function makeDataFolder(settings) {
  const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-host-"));
  const machine = path.join(folder, "data/Machine");
  mkdirSync(machine, { recursive: true });
  writeFileSync(path.join(machine, "settings.json"), JSON.stringify(settings));
  return folder;
}

// The smoke test driver lets a page's address name the extension and the suite to load.
function serverArguments(dataFolder, token) {
  return [
    ...["--host", "127.0.0.1", "--port", "0", "--connection-token", token],
    ...["--server-data-dir", dataFolder, "--telemetry-level", "off"],
    ...["--enable-smoke-test-driver", "--accept-server-license-terms"],
  ];
}

// A terminal inside VS Code passes on variables that would make the new server believe it belongs to that VS Code.
function cleanEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function announcedPort(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk) => {
      if (said.length < 20_000) said += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port) resolve(port);
    };
    server.stdout.on("data", listen);
    // The server complains about native modules it can do without, so this matters only when it does not start.
    server.stderr.on("data", listen);
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`The VS Code server did not start:\n${said}`)));
  });
}

async function stopServer(server, dataFolder) {
  // From here on its end is no loss.
  server.removeAllListeners("exit");
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const running = server.exitCode === null && server.signalCode === null;
  signalGroup(server, "SIGTERM");
  if (running) await Promise.race([ended, wait(5_000)]);
  signalGroup(server, "SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function signalGroup(server, signal) {
  try {
    process.kill(-server.pid, signal);
  } catch {
    // The whole group has already ended.
  }
}
