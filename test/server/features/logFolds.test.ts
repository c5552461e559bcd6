import { expect, test } from "vitest";
import { folds } from "../../../server/src/features/folding";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

/** Each region that hides at least a line: its first and last line. */
function foldsOf(text: string): string {
  const reading = read(text);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const lines = text.split("\n");
  return folds(reading)
    .map(({ span }) => place(reading, span))
    .map(({ from, to }) => ({ first: lineAt(from), last: lineAt(to) }))
    .filter(({ first, last }) => first < last)
    .map(({ first, last }) => `${first}-${last}: ${lines[first - 1]?.slice(0, 60)}`)
    .join("\n");
}

const stop = "2008-01-09 11:20:15: (log.c.135) server stopped\n";
const start = "2008-01-09 11:20:17: (log.c.75) server started\n";

test("entries that say the same one after the other fold away behind the first", () => {
  expect(foldsOf(start + stop.repeat(4) + start)).toMatchInlineSnapshot(`
    "1-6: 2008-01-09 11:20:17: (log.c.75) server started
    2-5: 2008-01-09 11:20:15: (log.c.135) server stopped"
  `);
});

test("two alike entries do not fold, nor do those with others between them", () => {
  expect(foldsOf(start + stop + stop + start + stop + start)).toMatchInlineSnapshot(
    `"1-6: 2008-01-09 11:20:17: (log.c.75) server started"`,
  );
});

test("a log that begins with a run folds as a whole, and the rest of the run in it", () => {
  expect(foldsOf(stop.repeat(5) + start)).toMatchInlineSnapshot(`
    "1-6: 2008-01-09 11:20:15: (log.c.135) server stopped
    2-5: 2008-01-09 11:20:15: (log.c.135) server stopped"
  `);
});

test("a report of the kernel folds to its headline", () => {
  const text = log`
    [  911.000001] usb 1-1: new high-speed USB device
    [  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
    [  912.100005] CPU: 3 PID: 912 Comm: kworker/3:1 Not tainted 6.14.0-demo #1
    [  912.100006] RIP: 0010:demo_probe+0x1c/0x40 [demo]
    [  912.100007] Call Trace:
    [  912.100009]  process_one_work+0x1f0/0x3c0
    [  912.100012] ---[ end trace 0000000000000000 ]---
    [  913.000001] usb 1-1: new high-speed USB device
  `;
  expect(foldsOf(text)).toMatchInlineSnapshot(`
    "1-8: [  911.000001] usb 1-1: new high-speed USB device
    2-7: [  912.100001] BUG: kernel NULL pointer dereference, address"
  `);
});
