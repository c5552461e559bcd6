import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Automaton } from "../../../server/src/find/mentions/automaton";
import { announceWords, Mentions } from "../../../server/src/find/mentions/mentions";

/** Each word with the places where the automaton finds it, gone over in pieces of a size. */
function found(words: readonly string[], text: string, piece: number): Record<string, number[]> {
  const automaton = new Automaton(words);
  const places: Record<string, number[]> = {};
  const known = [...automaton.words.keys()];
  let state = 0;
  for (let from = 0; from < text.length; from += piece) {
    const to = Math.min(text.length, from + piece);
    state = automaton.scan(text, from, to, state, (number, end) => {
      const word = known[number] as string;
      places[word] = [...(places[word] ?? []), end - word.length];
    });
  }
  return places;
}

function searched(words: readonly string[], text: string): Record<string, number[]> {
  const places: Record<string, number[]> = {};
  for (const word of new Set(words)) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      places[word] = [...(places[word] ?? []), at];
  }
  return places;
}

describe("many words in one pass", () => {
  test("words that begin, end and hold each other", () => {
    const words = ["he", "she", "his", "hers", "e", "hehe"];
    expect(found(words, "ushehers, hehehe", 3)).toEqual(searched(words, "ushehers, hehehe"));
  });

  test("are those that a search for each finds", () => {
    const word = fc.stringMatching(/^[abc]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word), fc.stringMatching(/^[abcd]{0,80}$/), (words, text) => {
        expect(found(words, text, 7)).toEqual(searched(words, text));
      }),
    );
  });

  test("more characters and words than a table holds are left to an ordinary search", () => {
    const words = Array.from({ length: 600 }, (_, i) => `${String.fromCharCode(500 + i)}end`);
    const { words: known } = new Automaton(words);
    expect(known.size).toBeGreaterThan(200);
    expect(known.size).toBeLessThan(words.length);
    const long = Array.from({ length: 40 }, (_, i) => String.fromCharCode(97 + i).repeat(1000));
    expect(new Automaton(long).words.size).toBe(16);
  });
});

describe("the words of a text", () => {
  const words = ["announced", "nounce", "aa", "é…"];
  announceWords(() => words);

  test("are found as a search finds them, announced or not", () => {
    const text = `${"aaa announced é… ".repeat(10_000)}announce once`;
    const mentions = new Mentions(text);
    for (const word of [...words, "once", "missing"]) {
      for (const from of [0, 1, 5, 17, 3000, 16_990, 170_000, text.length - 9, text.length])
        expect(mentions.indexOf(word, from), `${word} ${from}`).toBe(text.indexOf(word, from));
    }
  });

  test("are found in a short text, too", () => {
    const mentions = new Mentions("not announced");
    expect(words.map((word) => mentions.indexOf(word))).toEqual([4, 6, -1, -1]);
  });

  test("are found across the pieces that a text is gone through in", () => {
    for (const length of [262_140, 262_144, 524_286]) {
      const text = `${".".repeat(length)}announced`;
      expect(new Mentions(text).indexOf("announced")).toBe(length);
    }
  });
});

describe("the next of several words", () => {
  test("is the first of those which a search for each finds", () => {
    const word = fc.stringMatching(/^[ab]{1,3}$/);
    const text = fc.stringMatching(/^[abc]{0,60}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), text, (words, all) => {
        const next = new Mentions(all).nextOf(words);
        for (let from = 0; from <= all.length; from++) {
          const places = words.map((each) => all.indexOf(each, from)).filter((at) => at >= 0);
          expect(next(from)).toBe(places.length > 0 ? Math.min(...places) : -1);
        }
      }),
    );
  });
});
