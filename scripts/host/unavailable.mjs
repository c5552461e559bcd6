/** Something this machine lacks. The message is a whole sentence that tells the reader what to install. */
export class Unavailable extends Error {}

/** Prints the bare sentence when something is missing, the whole stack for a fault of ours, and gives the exit code. */
export function report(error) {
  console.error(error instanceof Unavailable ? error.message : error);
  return 1;
}
