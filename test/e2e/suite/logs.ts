import { definitionsOf, hoverOver, outlineOf } from "./ask";
import { expectText } from "./expect";
import { openText } from "./paste";

const incident = `=== pid 320 ===
Attaching to process 320
#0  0x00007f29a2e54e74 in memcpy () from /lib64/libc.so.6
#1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

[Mon Nov 22 20:04:31.118024 2010] [mpm_prefork:notice] [pid 298] AH00171: Graceful restart requested, doing restart
[Mon Nov 22 20:04:33.900214 2010] [core:notice] [pid 298] AH00052: child pid 320 exit signal Segmentation fault (11)

[4838261.071917] httpd[320]: segfault at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4 in libphp5.so[7fdb03fe2000+87000]
`;

suite("a person who has pasted logs beside a backtrace", () => {
  test("reads what an Apache code means, and which module wrote it", async () => {
    const card = await hoverOver(await openText("backtrace", incident), "AH00171");
    // Every mark of the log's text is escaped in the card.
    const lines = card.replaceAll("\\", "").split("\n");
    expectText(
      lines.find((line) => line.includes("AH00171")) ?? card,
      "AH00171: the prefork MPM, server/mpm/prefork/prefork.c, notice",
    );
  });

  test("sees the crashes of each log in the outline", async () => {
    const outline = await outlineOf(await openText("backtrace", incident));
    const crashes = outline.split("\n").filter((line) => /SIGSEGV|segfault/.test(line));
    expectText(
      crashes.map((line) => line.trim().replace(/ at .*$/, "")).join("\n"),
      "child-exit-signal: SIGSEGV\nsegfault in httpd",
    );
  });

  test("goes from the child that ended to its backtrace and to the kernel's word", async () => {
    const document = await openText("backtrace", incident);
    expectText(
      (await definitionsOf(document, "320 exit signal"))
        .map((line) => line.slice(0, 27))
        .join("\n"),
      "=== pid 320 ===\n[4838261.071917] httpd[320]",
    );
  });
});
