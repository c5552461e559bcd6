// Clients on the loopback interface. None of them waits without end.
import http from "node:http";
import net from "node:net";
import { until } from "./processes.mjs";

const HOST = "127.0.0.1";
const LONGEST_ANSWER = 10_000;

/** A port that nobody listens at. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks for a page; the status, or the error's code where no answer came. */
export function get(port, path) {
  return new Promise((resolve) => {
    const request = http.get({ host: HOST, port, path, agent: false, timeout: LONGEST_ANSWER });
    request.on("timeout", () => request.destroy());
    request.on("error", (error) => resolve(error.code));
    request.on("response", (answer) => {
      answer.resume().on("close", () => resolve(answer.statusCode));
      answer.on("error", () => resolve("cut"));
    });
  });
}

/** Sends a text and leaves the connection open until the server closes it. */
export const sendAndWait = (port, text) => converse(port, (socket) => socket.write(text));

/** Sends a text and closes the connection from this side, in the middle of the request. */
export const sendAndLeave = (port, text) => converse(port, (socket) => socket.end(text));

function converse(port, say) {
  return new Promise((resolve) => {
    const socket = net.connect(port, HOST, () => say(socket));
    socket.setTimeout(LONGEST_ANSWER, () => socket.destroy());
    socket.on("error", () => resolve()).on("close", () => resolve());
    socket.resume();
  });
}

/** Waits until somebody listens at the port. */
export const listening = (port) => until(`a listener at ${port}`, () => canConnect(port));

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, HOST);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
