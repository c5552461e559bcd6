import { expect, test } from "vitest";
import { semaphoreListing } from "../../../server/src/find/semaphoreListing";
import { log } from "../fixture";
import { foundIn } from "./findings";
import { kept, shown, source } from "./sources";

const found = (text: string) => foundIn(semaphoreListing, [source(text)]);

test("the published list, which cannot be of one moment", () => {
  const [listing] = found(kept("tables/ipcs.txt"));
  expect(listing?.values).toEqual({
    arrays: 6,
    semaphores: 6,
    byOwner: { root: 2, apache: 4 },
    keysZero: 6,
    ids: [
      { id: 0, slot: 0, sequence: 0 },
      { id: 65537, slot: 1, sequence: 2 },
      { id: 262146, slot: 2, sequence: 8 },
      { id: 294915, slot: 3, sequence: 9 },
      { id: 327682, slot: 2, sequence: 10 },
      { id: 360451, slot: 3, sequence: 11 },
    ],
    slotCollisions: [
      [262146, 327682],
      [294915, 360451],
    ],
    sharedMemorySegments: 0,
  });
  expect(listing?.summary).toContain("cannot be of one moment");
  expect(
    shown(listing!)
      .slice(1)
      .every((row) => row.includes("apache")),
  ).toBe(true);
});

test("a sound list of semaphores alone", () => {
  const [listing] = found(log`
    ------ Semaphore Arrays --------
    key        semid      owner      perms      nsems
    0x0052e2c1 0          postgres   600        17
    0x00000000 32769      apache     600        1
    `);
  expect(listing?.values).toMatchObject({
    arrays: 2,
    semaphores: 18,
    keysZero: 1,
    slotCollisions: [],
    sharedMemorySegments: null,
  });
  expect(listing?.summary).not.toContain("moment");
});

test("owners with names of the language's own", () => {
  const [listing] = found(log`
    ------ Semaphore Arrays --------
    key        semid      owner      perms      nsems
    0x00000000 1          __proto__  600        1
    0x00000000 2          constructor 600        1
    `);
  expect(Object.entries(listing?.values.byOwner ?? {})).toEqual([
    ["__proto__", 1],
    ["constructor", 1],
  ]);
});

test("an empty list and other tables say nothing", () => {
  expect(found(kept("tables/ps-joined-1.4.13.txt"))).toEqual([]);
});
