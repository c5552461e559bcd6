/** A copy that does not hold the text which its strings were cut out of. */
export const detached = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
