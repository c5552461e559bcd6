// The console of a page that runs a suite: mocha's report amid the workbench's own chatter.
import { format } from "node:util";

// Native modules that were not compiled, the extension gallery out of reach, service workers without HTTPS:
// the workbench mentions them in every run and does without.
const chatter =
  /bindings file|native-watchdog|\[Service Worker\]|ENOTFOUND|Failed to fetch|gallery/i;

/**
 * Prints what the suite reports and keeps back the workbench's errors.
 * @returns `log`, to be called with each console message, and `complain`, which explains a suite that could not even start.
 */
export function suiteConsole(verbose) {
  const keptBack = [];
  let reported = false;
  const log = (type, args) => {
    const text = format(...args);
    if (verbose || isReport(args)) console.log(text);
    else if (type === "error" && !chatter.test(text)) keptBack.push(text);
    reported ||= isReport(args);
  };
  const complain = () => {
    if (!reported) for (const text of keptBack) console.error(text);
  };
  return { log, complain };
}

// mocha logs printf templates with their values, the workbench finished strings.
function isReport([template, ...values]) {
  return values.length > 0 && /%[sdj]/.test(template);
}
