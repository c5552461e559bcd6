/** Fails with both texts, which mocha shows as a difference. (The web host has no `node:assert`.) */
export function expectText(actual: string, expected: string): void {
  if (actual === expected) return;
  throw Object.assign(new Error("the text is not the one expected"), { actual, expected });
}

/** Asks until the answer satisfies, as the server may still be starting, but not for ever. */
export async function eventually<T>(
  ask: () => Thenable<T>,
  satisfies: (answer: T) => boolean,
): Promise<T> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`still unsatisfied after half a minute: ${JSON.stringify(await ask())}`);
}
