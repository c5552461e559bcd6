// Builds the server and the soak under test/soak, and runs it: npm run soak -- --edits 2000 --size 10 --seed 1.
import { runBundled } from "./bundled.mjs";

const programs = { soak: "test/soak/run.ts", server: "server/src/server.ts" };
process.exitCode = await runBundled(programs, process.argv.slice(2));
