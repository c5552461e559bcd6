import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8Decoder } from "../../../server/src/files/decode";

describe("UTF-8 that comes in parts is decoded as in one piece", () => {
  const written = (parts: readonly Uint8Array[]): string => {
    const decoder = utf8Decoder();
    return parts.map((part) => decoder.write(Buffer.from(part))).join("") + decoder.end();
  };

  test("wherever letters are cut, between parts of plain ASCII", () => {
    const ascii = new TextEncoder().encode("#0  main () at a.c:1\n");
    const letters = new TextEncoder().encode("ü€😀");
    for (let cut = 0; cut <= letters.length; cut++) {
      const parts = [ascii, letters.subarray(0, cut), letters.subarray(cut), ascii];
      expect(written(parts)).toBe(Buffer.concat(parts).toString("utf8"));
    }
  });

  test("whatever the bytes are", () => {
    const byte = fc.constantFrom(0, 65, 0x7f, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xf0, 0x9f, 0xff);
    const part = fc.array(byte, { maxLength: 4 }).map((bytes) => Uint8Array.from(bytes));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        expect(written(parts)).toBe(Buffer.concat(parts).toString("utf8"));
      }),
      { numRuns: 500 },
    );
  });
});
