import { openBacktraces } from "./editor";
import { expectText } from "./expect";
import { run } from "./paste";

suite("where no gdb can be run", () => {
  for (const command of ["captureBacktraces", "runInGdb", "answerInGdb", "chooseGdbTarget"]) {
    test(`${command} says so`, async () => {
      await openBacktraces();
      const why = await run<string>(command, { uri: "untitled:x", command: "bt", pids: [1] });
      expectText(
        why ?? "nothing",
        "A browser cannot run gdb. Open the folder in VS Code on the desktop, or connect to the machine that has the process or the core.",
      );
    });
  }
});
