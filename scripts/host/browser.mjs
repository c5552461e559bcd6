// The browser that shows VS Code's workbench: Chromium as Linux distributions package it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { aptInstall } from "./debian.mjs";
import { atEnd } from "./ending.mjs";
import { Unavailable } from "./unavailable.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens an empty page of a browser without a window, until endAll(). */
export async function openPage(options) {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? installChromium(),
    args: flags,
    timeout: 120_000,
    // After Ctrl-C it is endAll() that closes the browser, and then the server.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  atEnd(() => browser.close());
  return browser.newPage(options);
}

function findChromium() {
  const usual = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);
  return [process.env.CODE_HOST_CHROMIUM, ...usual].find((file) => file && existsSync(file));
}

function installChromium() {
  if (process.getuid?.() === 0) aptInstall("chromium");
  const file = findChromium();
  if (file) return file;
  throw new Unavailable(
    "Showing VS Code needs the Debian package chromium: run `apt-get install chromium` as root, or name a Chromium in CODE_HOST_CHROMIUM.",
  );
}
