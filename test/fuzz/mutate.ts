import fc from "fast-check";

/** One change to a text; places are shares of its length, so that a change fits every text. */
type Mutation = (text: string) => string;

const share = fc.double({ min: 0, max: 1, noNaN: true });

const placeIn = (text: string, at: number): number => Math.floor(at * text.length);

/** The stretch of lines that begins at a share of the text. */
function linesAt(text: string, at: number, count: number): { from: number; to: number } {
  const from = text.lastIndexOf("\n", placeIn(text, at)) + 1;
  let to = from;
  for (let i = 0; i < count && to < text.length; i++) {
    const newline = text.indexOf("\n", to);
    to = newline < 0 ? text.length : newline + 1;
  }
  return { from, to };
}

const replace = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** What an attacker would have a server write, and what tools and people add. */
export const HOSTILE = [
  "[x](command:evil)",
  "![i](https://evil.example/p.png)",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "```",
  "\\",
  "'; touch /evil; '",
  "$(touch /evil)",
  "`touch /evil`",
  "\nshell touch /evil\n",
  "!touch /evil",
  "../../../../etc/passwd:1",
  "__proto__",
  "constructor",
  "toString",
  "12345678901234567890",
  "0xffffffffffffffffffff",
  "-1",
  "NaN",
  "\x1b]0;owned\x07",
  "\x1b[2J",
  "\u202e",
  "\ud800",
  "\0",
  "\ufeff",
  "\r",
  "\r\n",
  "\t",
  "\u2028",
  "(".repeat(300),
  "{".repeat(300),
  "<".repeat(300),
  '"',
  "'",
  " ".repeat(300),
  "#0  0x01 in f () at x.c:1\n",
  "(gdb) ",
  "=== pid 7 ===\n",
  "Thread 1 (LWP 7):\n",
  "[Wed Nov 24 13:12:05 2010] [error] x\n",
  "[ 1.0] ",
  "Program terminated with signal SIGSEGV, Segmentation fault.\n",
  '{"log":"',
  "> ",
  "&lt;",
];

const wrapAt = (text: string, width: number, indent: string): string =>
  text.replace(new RegExp(`([^\\n]{${width}})(?=[^\\n])`, "g"), `$1\n${indent}`);

const mutation = (others: fc.Arbitrary<string>): fc.Arbitrary<Mutation> =>
  fc.oneof(
    fc.tuple(share, fc.nat(400)).map(([at, length]): Mutation => {
      return (text) => replace(text, placeIn(text, at), placeIn(text, at) + length, "");
    }),
    fc.tuple(share, fc.integer({ min: 1, max: 9 })).map(([at, count]): Mutation => {
      return (text) => {
        const { from, to } = linesAt(text, at, count);
        return replace(text, from, to, "");
      };
    }),
    fc
      .tuple(share, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }))
      .map(([at, count, times]): Mutation => {
        return (text) => {
          const { from, to } = linesAt(text, at, count);
          return replace(text, from, from, text.slice(from, to).repeat(times));
        };
      }),
    fc.tuple(share, share, fc.integer({ min: 1, max: 9 })).map(([one, other, count]): Mutation => {
      return (text) => {
        const { from, to } = linesAt(text, one, count);
        const moved = text.slice(from, to);
        const rest = replace(text, from, to, "");
        const { from: place } = linesAt(rest, other, 1);
        return replace(rest, place, place, moved);
      };
    }),
    share.map(
      (at): Mutation =>
        (text) =>
          text.slice(0, placeIn(text, at)),
    ),
    share.map(
      (at): Mutation =>
        (text) =>
          text.slice(placeIn(text, at)),
    ),
    fc.tuple(share, fc.constantFrom(...HOSTILE)).map(([at, snippet]): Mutation => {
      return (text) => replace(text, placeIn(text, at), placeIn(text, at), snippet);
    }),
    fc.tuple(share, fc.constantFrom(...HOSTILE)).map(([at, snippet]): Mutation => {
      // In the place of a word: what was a name, a number, a path is something else now.
      return (text) => {
        const from = placeIn(text, at);
        const word = /[\w./]{1,60}/g;
        word.lastIndex = from;
        const found = word.exec(text.slice(0, from + 4000));
        return found ? replace(text, found.index, word.lastIndex, snippet) : text;
      };
    }),
    fc.tuple(fc.integer({ min: 20, max: 132 }), fc.constantFrom("", "    ", "> ")).map(
      ([width, indent]): Mutation =>
        (text) =>
          wrapAt(text, width, indent),
    ),
    fc.constantFrom("> ", "    ", "Nov 20 21:37:44 web1 x[1]: ", "web_1  | ", "\t").map(
      (prefix): Mutation =>
        (text) =>
          text.replace(/^/gm, prefix),
    ),
    fc.constantFrom("\r\n", "\r", " ", "").map((by): Mutation => {
      return (text) => text.replaceAll("\n", by);
    }),
    fc.tuple(others, share, share).map(([other, one, two]): Mutation => {
      return (text) => text.slice(0, placeIn(text, one)) + other.slice(placeIn(other, two));
    }),
    fc.tuple(share, fc.string({ unit: "binary", maxLength: 20 })).map(([at, noise]): Mutation => {
      return (text) => replace(text, placeIn(text, at), placeIn(text, at), noise);
    }),
  );

/** A longer document adds nothing that two shorter ones do not have. */
const LONGEST = 60_000;

/** Documents of the corpus after a few mutations. */
export function mutated(corpus: readonly string[]): fc.Arbitrary<string> {
  const one = fc.constantFrom(...corpus);
  return fc
    .tuple(one, fc.array(mutation(one), { minLength: 1, maxLength: 6 }))
    .map(([text, mutations]) =>
      mutations.reduce((now, mutate) => mutate(now).slice(0, LONGEST), text.slice(0, LONGEST)),
    );
}
