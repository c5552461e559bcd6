import { setFlagsFromString } from "node:v8";
import { isMainThread } from "node:worker_threads";

// Each thread compiles for a second and more what it reads and writes with. With fewer functions put into others, that is a
// tenth of a report's time less, and what comes of it is as fast. Newer engines compile in other ways, and were not measured.
if (isMainThread && process.versions.v8.startsWith("11."))
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=400");

// What a worker does not need is not even loaded.
if (isMainThread) {
  import("./cli/main")
    .then(({ main }) => main(process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code;
    });
} else import("./cli/workers").then(({ serve }) => serve());
