// Programs that tests need and Debian packages have.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Unavailable } from "./unavailable.mjs";

/** Installs Debian packages as root; where that fails, apt-get has said why and the caller says what is needed. */
export function aptInstall(...names) {
  console.log(
    `Installing the Debian package${names.length > 1 ? "s" : ""} ${names.join(", ")} ...`,
  );
  const apt = (...args) => execFileSync("apt-get", ["-qq", ...args], { stdio: "inherit" });
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...names);
  } catch {
    // See above.
  }
}

const isInstalled = (program) =>
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, program)));

/** A C compiler with the C library's headers, and gdb: what it takes to look at a program of one's own. */
export function needDebugger() {
  if (["gcc", "gdb"].every(isInstalled)) return;
  if (process.getuid?.() === 0) aptInstall("gcc", "libc6-dev", "gdb");
  if (["gcc", "gdb"].every(isInstalled)) return;
  throw new Unavailable(
    "Looking at a real program needs gcc and gdb: run `apt-get install gcc libc6-dev gdb` as root.",
  );
}
