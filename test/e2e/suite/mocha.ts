/** How mocha runs inside VS Code; generous, because the editor and its server share a small machine. */
export const options = { ui: "tdd", reporter: "spec", color: false, timeout: 90_000 } as const;

/** Waits for a started run: VS Code takes a rejection for a failed suite. */
export function outcome(start: (done: (failures: number) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} failed`))));
  });
}
