/** `1 row`, `3 rows`; a noun whose plural is not made with an `s` comes with it: `["process", "processes"]`. */
export function plural(count: number, noun: string | readonly [string, string]): string {
  const [one, many] = typeof noun === "string" ? [noun, `${noun}s`] : noun;
  return `${count} ${count === 1 ? one : many}`;
}
