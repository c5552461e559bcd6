/** Something the user has to put right: shown as one line. */
export class UsageError extends Error {}
