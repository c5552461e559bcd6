import { expect, test } from "vitest";
import { highlights } from "../../../server/src/features/highlights";
import { cleanOffset, place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** The lines with what lights up in them, in guillemets. */
function lit(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const reading = read(text);
  const spans = highlights(reading, cleanOffset(reading, offset))
    .map((span) => place(reading, span))
    .sort((one, other) => other.from - one.from);
  let shown = text;
  for (const { from, to } of spans) {
    shown = `${shown.slice(0, from)}«${shown.slice(from, to)}»${shown.slice(to)}`;
  }
  return shown
    .split("\n")
    .filter((line) => line.includes("«"))
    .join("\n");
}

const apache = (before: string, after: string) => log`
  [Fri Nov 20 21:38:10.611457 2026] [core:info] [pid 10:tid 10] [client 192.0.2.7:57234] AH00128: File does not exist: /srv/demo/htdocs/missing
  [Fri Nov 20 21:38:12.621496 2026] [authz_core:error] [pid 12:tid 12] [client 192.0.2.7:57246] AH01630: client denied by server configuration: /srv/demo/htdocs/deny
  [Fri Nov 20 21:40:10.100000 2026] [core:notice] [pid 9:tid 9] AH00052: child pid ${before}${after} exit signal Segmentation fault (11)
`;

test("a crashed child lights up in all that it logged before, but not in the times", () => {
  expect(lit(apache("1<|>", "0"))).toMatchInlineSnapshot(`
    "[Fri Nov 20 21:38:10.611457 2026] [core:info] [pid «10»:tid «10»] [client 192.0.2.7:57234] AH00128: File does not exist: /srv/demo/htdocs/missing
    [Fri Nov 20 21:40:10.100000 2026] [core:notice] [pid 9:tid 9] AH00052: child pid «10» exit signal Segmentation fault (11)"
  `);
});

test("a client lights up on all its requests", () => {
  const text = apache("10", "").replace("192.0.2.7:57234", "192.0<|>.2.7:57234");
  expect(lit(text)).toMatchInlineSnapshot(`
    "[Fri Nov 20 21:38:10.611457 2026] [core:info] [pid 10:tid 10] [client «192.0.2.7»:57234] AH00128: File does not exist: /srv/demo/htdocs/missing
    [Fri Nov 20 21:38:12.621496 2026] [authz_core:error] [pid 12:tid 12] [client «192.0.2.7»:57246] AH01630: client denied by server configuration: /srv/demo/htdocs/deny"
  `);
});

test("a backend lights up however the entry writes it", () => {
  const text = log`
    2026-11-20 21:49:20: (gw_backend.c.376) child exited: 7 unix:/srv/demo/app.sock-0
    2026-11-20 21:49:20: (gw_backend.c.533) connect() /srv/demo/app.so<|>ck-0: Connection refused
    2026-11-20 21:49:21: (gw_backend.c.533) connect() /srv/demo/app.sock-01: Connection refused
  `;
  expect(lit(text)).toMatchInlineSnapshot(`
    "2026-11-20 21:49:20: (gw_backend.c.376) child exited: 7 unix:«/srv/demo/app.sock-0»
    2026-11-20 21:49:20: (gw_backend.c.533) connect() «/srv/demo/app.sock-0»: Connection refused"
  `);
});

const kernel = (program: string) => log`
  [ 4996.100000] ${program}[26907]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
  [ 4997.100000] worker[26908]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37099 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
`;

test("an instruction lights up in all crashes at it, and a program in all its crashes", () => {
  expect(lit(kernel("worker").replace("21ad8", "21<|>ad8"))).toMatchInlineSnapshot(`
    "[ 4996.100000] worker[26907]: segfault at 8 ip 0000«7f196eb21ad8» sp 00007ffdeec37088 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
    [ 4997.100000] worker[26908]: segfault at 8 ip 0000«7f196eb21ad8» sp 00007ffdeec37099 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]"
  `);
  expect(lit(kernel("wor<|>ker"))).toMatchInlineSnapshot(`
    "[ 4996.100000] «worker»[26907]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
    [ 4997.100000] «worker»[26908]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37099 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]"
  `);
});

test("a null pointer is equal by chance, and lights up nowhere", () => {
  expect(lit(kernel("worker").replace("at 8", "at 8<|>"))).toBe("");
});
