import type { Reading } from "../read/model";

/** The function with its result kept as long as the reading lives: an editor asks many features about one text. */
export function perReading<T>(compute: (reading: Reading) => T): (reading: Reading) => T {
  const results = new WeakMap<Reading, { readonly result: T }>();
  return (reading) => {
    const known = results.get(reading);
    if (known) return known.result;
    const result = compute(reading);
    results.set(reading, { result });
    return result;
  };
}
