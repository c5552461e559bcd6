import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../../server/src/notes/judge";
import { place } from "../../../server/src/read/place";
import { dyingBackends, kept, source } from "../find/sources";
import { log } from "../fixture";

// The five incidents that this program began with: the machine text as it was published, wrapped and glued, with words
// of our own around it. In each the decisive fact was one command away, which must be among the first offered.

const deploys = `After each deploy some servers hang. This is one child of many:

${kept("gdb/6.8/apache-apc.txt")}
And the semaphores:

${kept("gdb/6.8/apache-apc-ipcs.txt")}`;

const newYear = log`
  All servers were down this morning. The error log ends with

  AH00171: Graceful restart requested, doing restart libgomp: could not create thread pool destructor.

  and a start helps.
`;

const stampede = log`
  Under load the pages hang as soon as the list runs out. The code is nothing special:

  if(!($list = apc_fetch('list'))) {
    $list = array( .... );
    apc_store('list', $list);

  Is that not how it is meant?
`;

const compression =
  kept("gdb/unknown/haproxy-zlib-kernel.txt") + kept("gdb/unknown/haproxy-zlib.txt");

const stories = [
  {
    name: "children that hang after each deploy",
    text: deploys,
    first: "apc-pthreadmutex-deadlock",
    decisive: "p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__owner",
    evidence: ["apc_pthreadmutex_lock (lock=0x7f2981ef6088)"],
    also: ["apc-lock-holder-died", "apc-lock-holder-blocked", "apc-lock-holder-left"],
  },
  {
    name: "servers that die at New Year",
    text: newYear,
    first: "httpd-libgomp-key-exhaustion",
    decisive: "__pthread_keys",
    evidence: ["Graceful restart requested", "libgomp: could not create thread pool destructor"],
    also: ["pthread-keys-exhausted"],
  },
  {
    name: "a cache entry that everybody rebuilds",
    text: stampede,
    first: "apc-user-cache-stampede",
    decisive: "->__data.__owner",
    evidence: ["apc_fetch('list')", "apc_store('list', $list)"],
    also: [],
  },
  {
    name: "FastCGI workers that die between requests",
    text: dyingBackends(),
    first: "fastcgi-workers-die-between-requests",
    decisive: "strace -f -tt -e trace=signal,exit_group -p 12774",
    evidence: ["unexpected end-of-file"],
    also: ["lighttpd-fcgi-no-roundrobin", "lighttpd-fcgi-refused"],
  },
  {
    name: "a proxy that crashes in zlib",
    text: compression,
    first: "haproxy-zlib-flush-stale-input",
    decisive: "p *strm",
    evidence: ["deflate_flush_or_finish", "segfault"],
    also: [],
  },
];

const judged = (text: string) => judge([source(text)]).hypotheses;

describe.each(stories)("$name", ({ text, first, decisive, evidence, also }) => {
  const hypotheses = judged(text);
  const best = hypotheses[0];

  test("have their cause as the first hypothesis", () => {
    expect(best?.note.id).toBe(first);
  });

  test("have the decisive command among its first two for gdb or the shell", () => {
    const commands = best?.commands.slice(0, 2).map(({ run }) => run) ?? [];
    expect(commands.some((run) => run.includes(decisive))).toBe(true);
  });

  test("have evidence at the lines that say it", () => {
    const places = best?.evidence.map(({ source: { reading }, span }) => {
      const { from, to } = place(reading, span);
      return text.slice(from, to).replace(/\s+/g, " ");
    });
    for (const words of evidence) expect(places?.some((shown) => shown.includes(words))).toBe(true);
  });

  test("have the competing causes after it", () => {
    const others = hypotheses.slice(1).map(({ note }) => note.id);
    for (const id of also) expect(others).toContain(id);
  });
});

describe("whatever stands in a text", () => {
  const lines = stories.flatMap(({ text }) => text.split("\n"));
  const mixed = fc
    .array(fc.constantFrom(...lines), { maxLength: 60 })
    .map((chosen) => chosen.join("\n"));

  test("places lie in it, and there is no hypothesis without evidence", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        for (const { evidence, against, confidence } of judged(text)) {
          expect(evidence.length).toBeGreaterThan(0);
          expect(confidence).toBeGreaterThan(0);
          for (const { source: told, span } of [...evidence, ...against]) {
            const { from, to } = place(told.reading, span);
            expect(0 <= from && from <= to && to <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("nothing says nothing", () => {
    expect(judged("")).toEqual([]);
    expect(judged("All is well.\nThe weather is fine.\n")).toEqual([]);
  });
});

test("texts looked at together share evidence: the kernel's line makes the proxy's stack more certain", () => {
  const stack = source(kept("gdb/unknown/haproxy-zlib.txt"), "core.txt");
  const kernel = source(kept("gdb/unknown/haproxy-zlib-kernel.txt"), "kern.log");
  const alone = judge([stack]).hypotheses[0];
  const both = judge([stack, kernel]).hypotheses[0];
  expect(both?.note.id).toBe(alone?.note.id);
  expect(both?.confidence).toBeGreaterThan(alone?.confidence ?? 1);
  expect(new Set(both?.evidence.map((each) => each.source.path))).toEqual(
    new Set(["core.txt", "kern.log"]),
  );
});
