/** The function with its latest results kept: a fleet of equal stacks asks the same questions over and over. */
export function remembered<K extends string, V>(compute: (key: K) => V, limit = 1024) {
  const results = new Map<K, V>();
  return (key: K): V => {
    const known = results.get(key);
    if (known !== undefined || results.has(key)) return known as V;
    // What comes of it may hold a piece of it.
    const own = detached(key);
    const result = compute(own);
    if (results.size >= limit) results.clear();
    results.set(own, result);
    return result;
  };
}

/** A string cut out of a text keeps the whole text alive. A round trip through JSON makes an independent copy. */
function detached<K extends string>(key: K): K {
  return JSON.parse(JSON.stringify(key)) as K;
}
