// Apache with the prefork and the event MPM.
import { execFileSync } from "node:child_process";
import { apacheConfig } from "./apacheConfig.mjs";
import { freePort, get, listening, sendAndLeave, sendAndWait } from "./network.mjs";
import { childOf } from "./processes.mjs";
import { crash, ended, logged, start, write } from "./workshop.mjs";

const PROGRAM = "/usr/sbin/apache2";
const RUNNING = /resuming normal operations/;

/** The release as the program itself names it. */
export const version = () =>
  /Apache\/([\d.]+)/.exec(execFileSync(PROGRAM, ["-v"], { encoding: "utf8" }))[1];

/** By name; a name begins with the MPM. */
export const scenarios = Object.fromEntries(
  ["prefork", "event"].flatMap((mpm) =>
    Object.entries({
      restarts,
      "children-killed": childrenKilled,
      "workers-exhausted": workersExhausted,
      "backend-refused": backendRefused,
      "backend-dies": backendDies,
      "unfinished-requests": unfinishedRequests,
    }).map(([name, run]) => [`${mpm}-${name}`, (shop) => run(shop, mpm)]),
  ),
);

async function restarts(shop, mpm) {
  const { server } = await startApache(shop, mpm);
  server.kill("SIGUSR1");
  await logged(shop, RUNNING, 2);
  server.kill("SIGHUP");
  await logged(shop, RUNNING, 3);
  server.kill("SIGWINCH");
  await ended(server);
}

async function childrenKilled(shop, mpm) {
  const { server } = await startApache(shop, mpm);
  for (const signal of ["SIGSEGV", "SIGBUS", "SIGABRT"]) await killChild(shop, server, signal);
  await stop(server);
}

async function killChild(shop, server, signal) {
  const pid = await childOf(server, (id) => shop.killed.every((killed) => killed.pid !== id));
  crash(shop, pid, signal);
  await logged(shop, new RegExp(`child pid ${pid} exit signal`));
}

// Both workers wait for an application that holds its answer back, and a third client stands in the queue.
async function workersExhausted(shop, mpm) {
  const { server, port, appPort } = await startApache(shop, mpm);
  const app = await startApp(shop, appPort);
  const answers = [1, 2, 3].map((n) => get(port, `/app/hold?${n}`));
  await logged(shop, /MaxRequestWorkers/);
  app.kill("SIGKILL");
  await Promise.all(answers);
  await stop(server);
}

async function backendRefused(shop, mpm) {
  const { server, port } = await startApache(shop, mpm);
  for (const path of ["/refused/a", "/refused/b", "/app/a"]) await get(port, path);
  await stop(server);
}

async function backendDies(shop, mpm) {
  const { server, port, appPort } = await startApache(shop, mpm);
  for (const path of ["/app/crash", "/app/half", "/app/exit", "/web/close"]) {
    const app = await startApp(shop, appPort);
    await get(port, path);
    app.kill("SIGKILL");
    await ended(app);
  }
  const app = await startApp(shop, appPort);
  await get(port, "/app/hold");
  app.kill("SIGKILL");
  await stop(server);
}

async function unfinishedRequests(shop, mpm) {
  const { server, port, appPort } = await startApache(shop, mpm);
  await startApp(shop, appPort);
  const post = "POST /app/ HTTP/1.1\r\nHost: demo\r\nContent-Length: 9\r\n\r\nabc";
  await sendAndWait(port, "GET / HTTP/1.1\r\nHost: 127");
  await sendAndWait(port, post);
  await sendAndLeave(port, post);
  await stop(server);
}

async function startApache(shop, mpm) {
  const ports = {
    port: await freePort(),
    refusedPort: await freePort(),
    appPort: await freePort(),
  };
  const config = write(shop, "apache.conf", apacheConfig(shop, mpm, ports));
  const server = start(shop, PROGRAM, ["-f", config, "-D", "FOREGROUND"]);
  await logged(shop, RUNNING);
  await listening(ports.port);
  return { server, ...ports };
}

async function startApp(shop, port) {
  const app = start(shop, process.execPath, ["app.mjs", `${port}`]);
  await listening(port);
  return app;
}

async function stop(server) {
  server.kill("SIGTERM");
  await ended(server);
}
