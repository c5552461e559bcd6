// HAProxy in master-worker mode, its log on its standard output as in a container.
import { execFileSync } from "node:child_process";
import { freePort, get, listening } from "./network.mjs";
import { childOf } from "./processes.mjs";
import { crash, ended, logged, start, write } from "./workshop.mjs";

const PROGRAM = "/usr/sbin/haproxy";

/** The release as the program itself names it. */
export const version = () =>
  /version (\d+\.\d+\.\d+)/.exec(execFileSync(PROGRAM, ["-v"], { encoding: "utf8" }))[1];

/** By name. */
export const scenarios = { "backend-down": backendDown, "worker-killed": workerKilled };

async function backendDown(shop) {
  const { server, port } = await startHaproxy(shop);
  await logged(shop, /is DOWN/);
  await get(port, "/a");
  await logged(shop, /GET \/a/);
  server.kill("SIGTERM");
  await ended(server);
}

async function workerKilled(shop) {
  const { server } = await startHaproxy(shop);
  const worker = await childOf(server);
  crash(shop, worker, "SIGSEGV");
  await ended(server);
}

async function startHaproxy(shop) {
  const [port, refusedPort] = [await freePort(), await freePort()];
  const config = write(shop, "haproxy.cfg", haproxyConfig(port, refusedPort));
  const server = start(shop, PROGRAM, ["-W", "-db", "-f", config], "error.log");
  await listening(port);
  return { server, port };
}

const haproxyConfig = (port, refusedPort) => `
global
  log stdout format rfc3164 local0
defaults
  log global
  mode http
  option httplog
  timeout connect 1s
  timeout client 2s
  timeout server 2s
frontend demo
  bind 127.0.0.1:${port}
  default_backend application
backend application
  server first 127.0.0.1:${refusedPort} check inter 200ms fall 2
`;
