/** Where `needle` stands between `from` and `to`, or -1. `indexOf` alone would run to the end of the text. */
export function indexWithin(text: string, needle: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(needle);
  return at < 0 ? -1 : from + at;
}
