// What must be gone when a script ends: servers, browsers, data folders. Also after Ctrl-C.

const endings = [];
let interrupted = false;

/** Remembers something to undo; what began last ends first. */
export function atEnd(ending) {
  if (endings.length === 0) onSignals("on");
  endings.push(ending);
}

/** Undoes all that was begun. One ending that fails does not keep the others from running. */
export async function endAll() {
  while (endings.length > 0) await endings.pop()().catch(console.error);
  onSignals("off");
}

function onSignals(onOrOff) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process[onOrOff](signal, interrupt);
}

// Ctrl-C comes twice when a parent process passes on what the terminal has sent already.
async function interrupt() {
  if (interrupted) return;
  interrupted = true;
  await endAll();
  process.exit(130);
}
