// Loaded into a process that is measured (node --require): says what it takes when it is asked, and at its end.
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread && process.send) {
  process.on("message", () => {
    const until = processorTime();
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send({ live: heapUsed + external, resident: rss, until, from: processorTime() });
  });
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

if (isMainThread && process.env.USAGE_FILE) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { seconds: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS * 1024 };
    writeFileSync(process.env.USAGE_FILE, JSON.stringify(usage));
  });
}
