// `npm start`: the examples in a VS Code that has this extension loaded, until Ctrl-C.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { workbenchAddress } from "./host/address.mjs";
import { endAll } from "./host/ending.mjs";
import { root } from "./host/install.mjs";
import { startServer } from "./host/server.mjs";
import { report } from "./host/unavailable.mjs";

const folder = path.join(root, "examples");
const firstFile = path.join(folder, "backtraces.save");

const desktop = process.env.VSCODE_EXECUTABLE_PATH ?? "code";

process.chdir(root);
await import("./build.mjs");
if (spawnSync(desktop, ["--version"]).status === 0) openDesktop();
else await serve().catch(endWith);

/** An Extension Development Host of the VS Code that is installed here. */
function openDesktop() {
  console.log(
    "Opening examples/ in an Extension Development Host of your VS Code (close its window to end).",
  );
  const files = existsSync(firstFile) ? [firstFile] : [];
  spawn(desktop, [`--extensionDevelopmentPath=${root}`, folder, ...files], { stdio: "inherit" });
}

/** The embedded VS Code, for any browser on this machine. */
async function serve() {
  const server = await startServer();
  const file = existsSync(firstFile) ? firstFile : undefined;
  console.log(`
VS Code with Backtrace Reader is ready. Open this address in a browser:

    ${workbenchAddress(server, { extension: root, folder, file })}

Press Ctrl-C to end it.`);
  await server.lost;
  throw new Error("The VS Code server ended by itself.");
}

async function endWith(error) {
  process.exitCode = report(error);
  await endAll();
}
