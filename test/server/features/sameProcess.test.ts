import { expect, test } from "vitest";
import { sameProcess } from "../../../server/src/features/sameProcess";
import { cleanOffset, place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** The text under the cursor that leads somewhere, an arrow, and the first lines of the places; or `-`. */
function leads(marked: string): string {
  const { text, offset } = extractCursor(marked);
  const reading = read(text);
  const found = sameProcess(reading, cleanOffset(reading, offset));
  if (found === null) return "-";
  const shown = [found.span, ...found.targets].map((span) => {
    const { from, to } = place(reading, span);
    return (text.slice(from, to).split("\n")[0] ?? "").slice(0, 27);
  });
  return `${shown[0]} -> ${shown.slice(1).join(" | ")}`;
}

const incident = (apache: string, kernel = "320") => log`
  === pid 320 ===
  Attaching to process 320
  #0  0x00007f29a2e54e74 in memcpy () from /lib64/libc.so.6
  #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

  [Mon Nov 22 20:04:30.000001 2010] [core:notice] [pid 298] AH00094: Command line: 'httpd'
  [Mon Nov 22 20:04:33.900214 2010] [core:notice] [pid 298] AH00052: child pid ${apache} exit signal Segmentation fault (11)

  [4838261.071917] httpd[${kernel}]: segfault at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4 in libphp5.so[7fdb03fe2000+87000]
`;

test("the child of an exit signal leads to its backtrace and to the kernel's word", () => {
  expect(leads(incident("3<|>20"))).toBe("320 -> === pid 320 === | [4838261.071917] httpd[320]");
});

test("the process of a segfault leads to its backtrace and to Apache's word", () => {
  expect(leads(incident("320", "32<|>0"))).toBe(
    "320 -> === pid 320 === | [Mon Nov 22 20:04:33.900214",
  );
});

test("a process that nothing else tells of leads nowhere, and neither does another word", () => {
  expect(leads(incident("7<|>77"))).toBe("-");
  expect(leads(incident("320").replace("signal", "sig<|>nal"))).toBe("-");
});
