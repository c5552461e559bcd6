import * as vscode from "vscode";
import { eventually, expectText } from "./expect";
import { openText, run, wrapped } from "./paste";

const mail = `Hello, my server hangs. What is this?\n\n${wrapped}`;

suite("a person who pastes a backtrace into plain text", () => {
  test("is offered to read it as one, and takes the offer", async () => {
    const document = await openText("plaintext", mail);
    await eventually(
      async () => {
        await vscode.commands.executeCommand("notification.acceptPrimaryAction");
        return document.languageId;
      },
      (language) => language === "backtrace",
    );
  });

  test("can read a log as one by command", async () => {
    const document = await openText("log", "No frame is in here.");
    await run("readAsBacktrace");
    expectText(document.languageId, "backtrace");
  });
});
