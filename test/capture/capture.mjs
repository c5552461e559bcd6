// Starts real servers, lets them fail in known ways, and keeps their logs: `node test/capture/capture.mjs [server]`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as apache from "./apache.mjs";
import * as haproxy from "./haproxy.mjs";
import * as lighttpd from "./lighttpd.mjs";
import { inWorkshop } from "./workshop.mjs";

// Ctrl-C ends as a script does that is done: nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(130));

const servers = { apache, lighttpd, haproxy };

for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(servers)) {
  if (!Object.hasOwn(servers, name)) throw new Error(`No server is called ${name}.`);
  await capture(name, servers[name]);
}

/** Runs every scenario of a server. The facts go beside the logs, so that a test can compare what it reads with them. */
async function capture(name, { version, scenarios }) {
  const folder = fileURLToPath(new URL(`../fixtures/${name}/captured/`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const release = version();
  const facts = [];
  for (const [scenario, run] of Object.entries(scenarios)) {
    const file = `${name}-${release}-${scenario}.log`;
    const { log, killed } = await inWorkshop(run);
    writeFileSync(folder + file, log);
    facts.push({ file, scenario, version: release, killed });
    console.log(file);
  }
  writeFileSync(`${folder}facts.json`, `${JSON.stringify(facts, null, 2)}\n`);
}
