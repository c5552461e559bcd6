// A FastCGI application that fails as its request asks: `node app.mjs [port]`, without a port on descriptor 0.
import net from "node:net";

const STDOUT = 6;
const END_REQUEST = 3;

/** A FastCGI record of the first request on a connection. */
function record(type, body) {
  const head = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]);
  return Buffer.concat([head, body]);
}

const page = (length) =>
  record(
    STDOUT,
    Buffer.from(`Content-Type: text/plain\r\nContent-Length: ${length}\r\n\r\nhello\n`),
  );

const answerWhole = (socket) => {
  socket.end(
    Buffer.concat([page(6), record(STDOUT, Buffer.alloc(0)), record(END_REQUEST, Buffer.alloc(8))]),
  );
};

const die = () => process.kill(process.pid, "SIGSEGV");

const ways = {
  "/crash": die,
  "/exit": () => process.exit(7),
  "/half": (socket) => socket.write(page(1000), die),
  "/close": (socket) => socket.destroy(),
  "/hold": () => {},
};

const server = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    const way = Object.keys(ways).find((name) => request.includes(name));
    (way === undefined ? answerWhole : ways[way])(socket);
  });
});

const port = process.argv[2];
server.listen(port === undefined ? { fd: 0 } : { host: "127.0.0.1", port: Number(port) });
