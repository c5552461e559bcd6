import { expect, test } from "vitest";
import { hover } from "../../../server/src/features/hover/hover";
import { inUtc } from "../../../server/src/features/utc";
import { read } from "../../../server/src/read/read";

test.each([
  ["2010-11-22T20:04:31", "+01:00", "2010-11-22 19:04:31 UTC"],
  ["2010-11-22T20:04:31.118024", "Europe/Berlin", "2010-11-22 19:04:31 UTC"],
  ["2010-07-22T20:04:31", "Europe/Berlin", "2010-07-22 18:04:31 UTC"],
  ["2010-11-22T20:04:31", "America/New_York", "2010-11-23 01:04:31 UTC"],
  ["2026-11-20T21:37:44.123Z", "Europe/Berlin", "2026-11-20 21:37:44 UTC"],
  ["2026-11-20T21:37:44-0500", "", "2026-11-21 02:37:44 UTC"],
])("%s in %j is %s", (time, zone, utc) => {
  expect(inUtc(time, zone)).toBe(utc);
});

test("without a zone, or in one that does not exist, nothing is claimed", () => {
  expect(inUtc("2010-11-22T20:04:31", "")).toBeNull();
  expect(inUtc("2010-11-22T20:04:31", "Mars/Olympus")).toBeNull();
  expect(inUtc("not a time at all, sorry", "+01:00")).toBeNull();
});

test("the card of a log entry shows its time in UTC where the user has set a zone", () => {
  const reading = read(
    "[Mon Nov 22 20:04:31.118024 2010] [mpm_prefork:notice] [pid 298] AH00171: Graceful restart requested, doing restart\n",
  );
  const head = (zone: string) => hover(reading, 5, () => false, zone)?.markdown.split("\n")[0];
  expect(head("+01:00")).toContain("2010-11-22 19:04:31 UTC");
  expect(head("")).not.toContain("UTC");
});
