import { isMainThread } from "node:worker_threads";

// What a worker does not need is not even loaded.
if (isMainThread) {
  import("./cli/main")
    .then(({ main }) => main(process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code;
    });
} else import("./cli/workers").then(({ serve }) => serve());
