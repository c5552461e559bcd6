import { isMainThread } from "node:worker_threads";
import { main } from "./cli/main";
import { serveTasks } from "./cli/workers";

if (isMainThread) {
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
} else serveTasks();
