// What must be gone when a script ends: servers, browsers, data folders. Also after Ctrl-C.

const endings = [];
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Remembers something to undo; what began last ends first. */
export function atEnd(ending) {
  if (endings.length === 0) for (const signal of signals) process.once(signal, interrupt);
  endings.push(ending);
}

/** Undoes all that was begun. One ending that fails does not keep the others from running. */
export async function endAll() {
  while (endings.length > 0) await endings.pop()().catch(console.error);
  for (const signal of signals) process.off(signal, interrupt);
}

async function interrupt() {
  await endAll();
  process.exit(130);
}
