import { describe, expect, test } from "vitest";
import { splitLines } from "../../../server/src/read/lines";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { envelopes } from "../../../server/src/read/undress/envelope";
import { undress } from "../../../server/src/read/undress/undress";
import { log } from "../fixture";

/** The lines without what was around them. */
const bare = (text: string) => undress(text).text;

/** What the prefix of the first line says. */
function envelope(text: string) {
  const clean = undress(text);
  return envelopes(text, clean, splitLines(clean.text))(0);
}

const FRAME = "#0  0x41 in main () at a.c:7";

describe("a line is the same", () => {
  test.each([
    ["quoted", `> ${FRAME}\n> and prose\n`, `${FRAME}\nand prose\n`],
    ["from syslog", `Nov 20 21:37:44 web1 httpd[311]: ${FRAME}\n`, `${FRAME}\n`],
    [
      "from syslog with a priority",
      `<30>Nov 20 21:37:44 web1 httpd[311]: ${FRAME}\n`,
      `${FRAME}\n`,
    ],
    [
      "from RFC 5424",
      `<165>1 2026-11-20T21:37:44.003Z web1 httpd 311 ID47 - ${FRAME}\n`,
      `${FRAME}\n`,
    ],
    ["from the journal", `2026-11-20T21:37:44+0100 web1 httpd[311]: ${FRAME}\n`, `${FRAME}\n`],
    ["from Kubernetes", `2026-11-20T21:37:44.123456789Z stderr F ${FRAME}\n`, `${FRAME}\n`],
    [
      "from docker",
      `{"log":"${FRAME}\\n","stream":"stderr","time":"2026-11-20T21:37:44Z"}\n`,
      `${FRAME}\n`,
    ],
    ["from docker compose", `web_1  | ${FRAME}\n`, `${FRAME}\n`],
    ["with a bare time", `[21:37:44.123] ${FRAME}\n`, `${FRAME}\n`],
    ["found by grep", `logs/error.log:12:${FRAME}\n`, `${FRAME}\n`],
    ["coloured", `\x1b[31m#0\x1b[m  0x41 in main () at a.c:7\n`, `${FRAME}\n`],
    ["from Windows", `${FRAME}\r\n`, `${FRAME}\n`],
  ])("%s", (_, text, expected) => {
    expect(bare(text)).toBe(expected);
  });

  test("in a CSV export, with its quotes and line breaks", () => {
    const text = 'time,host,message\n1,web1,"#0  f (s=""a, b"")\n#1  main ()"\n2,web2,plain\n';
    expect(bare(text)).toBe('#0  f (s="a, b")\n#1  main ()\nplain\n');
  });

  test("where Kubernetes split it over two lines", () => {
    const text =
      "2026-11-20T21:37:44Z stderr P #0  0x41 in ma\n2026-11-20T21:37:44Z stderr F in () at a.c:7\n";
    expect(bare(text)).toBe(`${FRAME}\n`);
  });
});

describe("what only looks like a prefix stays", () => {
  test.each([
    ["gdb's own prompt for more lines", "(gdb) commands 1\n>bt\n"],
    ["a time that belongs to the log", "2008-01-09 11:21:43: (mod_fastcgi.c.2396) unexpected\n"],
    ["a host that is none", "2026-11-20T21:37:44+00:00 BUG: KASAN: use-after-free\n"],
    ["a compiler's message", "src/main.c:7: error: expected ;\n"],
    [
      "an angle bracket of a name that was wrapped",
      "> #0  f<std::vector<int\n> >::g () at a.c:7\n",
    ],
  ])("%s", (_, text) => {
    const kept = text.replace(/^> (?=#)/, "").replace("\n> >", "\n>");
    expect(bare(text)).toBe(kept);
  });
});

describe("the envelope", () => {
  test("of syslog names host, program and pid, but has no year", () => {
    expect(envelope(`Nov 20 21:37:44 web1 httpd[311]: ${FRAME}\n`)).toEqual({
      time: null,
      yearless: "11-20T21:37:44",
      host: "web1",
      unit: "httpd",
      pid: 311,
    });
  });

  test("of the journal has a time with its zone", () => {
    expect(envelope(`2026-11-20T21:37:44+0100 web1 httpd[311]: ${FRAME}\n`)).toEqual({
      time: "2026-11-20T21:37:44+0100",
      host: "web1",
      unit: "httpd",
      pid: 311,
    });
  });

  test("of the journal's JSON has microseconds since 1970", () => {
    const text = `{"__REALTIME_TIMESTAMP":"1290456278000000","_HOSTNAME":"web1","MESSAGE":"${FRAME}"}\n`;
    expect(envelope(text)).toMatchObject({ time: "2010-11-22T20:04:38.000Z", host: "web1" });
  });

  test("of a clean line is none", () => {
    expect(envelope(`${FRAME}\n`)).toBeNull();
  });
});

describe("places in the file", () => {
  test("lead through all layers", () => {
    const text = '> {"log":"#0  0x41 in \\u001b[33mmain\\u001b[m (s=\\"x\\") at a.c:7\\n"}\n';
    const reading = read(text);
    const frame = reading.processes[0]?.threads[0]?.frames[0];
    const at = (part: "function" | "file") => {
      const { from, to } = place(reading, frame?.part(part) ?? { from: 0, to: 0 });
      return text.slice(from, to);
    };
    expect([frame?.arguments?.[0]?.value, at("function"), at("file")]).toEqual([
      '"x"',
      "main",
      "a.c",
    ]);
  });
});

describe("a kernel line in a pod's log", () => {
  test("keeps the host and time of its envelope", () => {
    const reading = read(
      log`
        2026-11-20T21:37:44.003+00:00 node7 kernel: haproxy[610]: segfault at 0 ip 0000000000401136 sp 00007ffee5ff8988 error 4 in haproxy[400000+87000]
      `,
    );
    expect(reading.records.map(({ kind, time }) => `${kind} ${time}`)).toEqual([
      "segfault 2026-11-20T21:37:44.003+00:00",
    ]);
  });
});
