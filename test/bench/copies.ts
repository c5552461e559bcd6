/** Addresses, and the numbers of processes and threads: what differs between two servers that do the same. */
const OTHERS = /0x[0-9a-f]{9,16}|(?<=\b(?:pid|tid|LWP|process) )\d{2,7}/g;

/** A text again and again, each time with other addresses and numbers of the same length. The first is as it was. */
export function copies(text: string, count: number): string {
  const between = text.split(OTHERS);
  const found = [...text.matchAll(OTHERS)].map(([words]) => words);
  const all: string[] = [];
  for (let copy = 0; copy < count; copy++) {
    const others = new Map<string, string>();
    for (const [i, words] of found.entries()) {
      const other = others.get(words) ?? changed(words, copy);
      others.set(words, other);
      all.push(between[i] as string, other);
    }
    all.push(between[found.length] as string);
  }
  // What was put together is a tree of its pieces until somebody looks at it: that is not the reader's time.
  return Buffer.from(all.join("")).toString("utf8");
}

const changed = (words: string, copy: number): string =>
  words.startsWith("0x") ? movedAddress(words, copy) : otherNumber(words, copy);

/** Libraries and heaps lie elsewhere in each process, by whole pages. */
function movedAddress(address: string, copy: number): string {
  const pages = Number.parseInt(address.slice(-7, -4), 16) ^ (copy & 0xfff);
  return `${address.slice(0, -7)}${pages.toString(16).padStart(3, "0")}${address.slice(-4)}`;
}

function otherNumber(number: string, copy: number): string {
  const least = 10 ** (number.length - 1);
  const count = 9 * least;
  return String(least + ((Number(number) - least + 37 * copy) % count));
}
