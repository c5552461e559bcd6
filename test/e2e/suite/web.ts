import "mocha/mocha.js";
import { expectText } from "./expect";
import { options, outcome } from "./mocha";

/** What VS Code calls in its web worker extension host. */
export async function run(): Promise<void> {
  mocha.setup(options);
  test("this is the web worker extension host", () => {
    expectText(
      `${self instanceof DedicatedWorkerGlobalScope}, ${typeof process}`,
      "true, undefined",
    );
  });
  await import("./suites");
  await import("./gdbInBrowser");
  await outcome((done) => mocha.run(done));
}
