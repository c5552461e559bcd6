import Mocha from "mocha";
import { expectText } from "./expect";
import { options, outcome } from "./mocha";

/** What VS Code calls in its Node extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha(options);
  // Defines suite() and test() for the files imported next.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  test("this is the Node extension host", () => expectText(typeof process.versions.node, "string"));
  await import("./suites");
  await import("./gdb");
  await import("./restart");
  await outcome((done) => mocha.run(done));
}
