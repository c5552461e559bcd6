// lighttpd with a FastCGI application of its own, and with one that it only knows by its port.
import { execFileSync } from "node:child_process";
import { freePort, get, listening } from "./network.mjs";
import { childOf } from "./processes.mjs";
import { crash, ended, logged, start, write } from "./workshop.mjs";

const PROGRAM = "/usr/sbin/lighttpd";
const STARTED = /server started/;

/** The release as the program itself names it. */
export const version = () =>
  /lighttpd\/([\d.]+)/.exec(execFileSync(PROGRAM, ["-v"], { encoding: "utf8" }))[1];

/** By name. */
export const scenarios = {
  "start-stop": startStop,
  "backend-dies": backendDies,
  "backend-killed": backendKilled,
  "backend-refused": backendRefused,
  "backend-queue-full": backendQueueFull,
};

async function startStop(shop) {
  const { server } = await startLighttpd(shop);
  server.kill("SIGHUP");
  await logged(shop, /logfiles cycled/);
  server.kill("SIGINT");
  await ended(server);
  const again = await startLighttpd(shop, 2);
  await stop(again.server);
}

async function backendDies(shop) {
  const { server, port } = await startLighttpd(shop);
  await childOf(server);
  for (const [n, path] of ["/app/exit", "/app/half", "/app/crash", "/app/close"].entries()) {
    await get(port, path);
    await logged(shop, /unexpected end-of-file/, n + 1);
    // lighttpd starts its application anew, at most once a second.
    await logged(shop, /child (?:exited|signall?ed)/, Math.min(n + 1, 3));
    await childOf(server);
  }
  await stop(server);
}

async function backendKilled(shop) {
  const { server } = await startLighttpd(shop);
  for (const [n, signal] of ["SIGSEGV", "SIGABRT"].entries()) {
    crash(shop, await childOf(server), signal);
    await logged(shop, /child signall?ed/, n + 1);
  }
  await stop(server);
}

async function backendRefused(shop) {
  const { server, port, farPort } = await startLighttpd(shop);
  await get(port, "/far/a");
  await get(port, "/far/b");
  await logged(shop, /re-enabled/);
  const app = start(shop, process.execPath, ["app.mjs", `${farPort}`]);
  await listening(farPort);
  const status = await get(port, "/far/c");
  if (status !== 200) throw new Error(`The application is back, but the answer is ${status}.`);
  app.kill("SIGKILL");
  await stop(server);
}

// An application that was stopped takes no connections. Its queue of two is full, and lighttpd cannot connect any more.
async function backendQueueFull(shop) {
  const { server, port } = await startLighttpd(shop);
  const app = await childOf(server);
  process.kill(app, "SIGSTOP");
  const answers = [1, 2, 3].map((n) => get(port, `/app/${n}`));
  await logged(shop, /closing connection/);
  process.kill(app, "SIGCONT");
  await Promise.all(answers);
  await stop(server);
}

async function startLighttpd(shop, times = 1) {
  const [port, farPort] = [await freePort(), await freePort()];
  const config = write(shop, "lighttpd.conf", lighttpdConfig(shop, port, farPort));
  const server = start(shop, PROGRAM, ["-D", "-f", config]);
  await logged(shop, STARTED, times);
  await listening(port);
  return { server, port, farPort };
}

async function stop(server) {
  server.kill("SIGTERM");
  await ended(server);
}

const lighttpdConfig = ({ folder, logFile }, port, farPort) => `
server.modules = ("mod_fastcgi")
server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${folder}/www"
server.errorlog = "${logFile}"
server.pid-file = "${folder}/lighttpd.pid"
fastcgi.server = (
  "/app/" => ((
    "socket" => "${folder}/app.sock", "bin-path" => "${process.execPath} ${folder}/app.mjs",
    "max-procs" => 1, "listen-backlog" => 1, "check-local" => "disable", "disable-time" => 1
  )),
  "/far/" => ((
    "host" => "127.0.0.1", "port" => ${farPort}, "check-local" => "disable", "disable-time" => 1
  ))
)
`;
