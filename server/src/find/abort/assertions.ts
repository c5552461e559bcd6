import { isLead, LONGEST, type MessageLine, type ReadMessage, type Said } from "./told";

// How assertions are printed:
//
//     prog: src/queue.c:7: queue_push: Assertion `q->used < q->limit' failed.        glibc
//     /usr/include/c++/12/bits/stl_vector.h:1123: ... : Assertion '__n < ...' failed.  libstdc++
//     Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: (old_top == ...)
//     Assertion failed: q->used (src/queue.c: queue_push: 7)                           musl
//     Assertion failed: (q->used), function queue_push, file src/queue.c, line 7.      BSD, macOS
//     assertion "q->used" failed: file "src/queue.c", line 7, function "queue_push"    NetBSD, newlib
//     [core:crit] [pid 7] AH00102: file core.c, line 7, assertion "r != NULL" failed   httpd
//     ERROR:src/queue.c:7:queue_push: assertion failed: (q->used)                      GLib
//     ASSERT: "q->used" in file src/queue.c, line 7                                    Qt

/** `file.c:7: function: ` at the end of what stands before the words. */
const PLACE = /([^\s:]{1,300}):(\d{1,9}): (?:([^\n]{1,900}): )?$/;

/** glibc and libstdc++, which quote differently. */
export const quotedAssertion: ReadMessage = ({ text, at }) => {
  const from = at + "Assertion `".length;
  const end = text.lastIndexOf("' failed");
  if (end < from) return null;
  const place = PLACE.exec(text.slice(Math.max(0, at - 1000), at));
  if (place === null && !isLead(text.slice(0, at))) return null;
  return {
    ...assertion(text.slice(from, end)),
    file: place?.[1] ?? null,
    line: place ? Number(place[2]) : null,
    function: place?.[3] ?? null,
  };
};

const assertion = (expression: string): Said => ({
  reason: "assertion",
  message: expression.slice(0, LONGEST).trim(),
});

/** musl and the BSDs begin alike. */
export const failedAssertion: ReadMessage = (line) => {
  const rest = line.text.slice(line.at + "Assertion failed: ".length).slice(0, LONGEST);
  return bsdAssertion(rest) ?? muslAssertion(rest);
};

function bsdAssertion(rest: string): Said | null {
  const at = rest.lastIndexOf(", function ");
  if (at < 0) return null;
  const found = /^, function (.{1,600}), file (.{1,300}), line (\d{1,9})\.?\s*$/.exec(
    rest.slice(at),
  );
  if (!found) return null;
  const expression = rest.slice(0, at).replace(/^\((.*)\)$/, "$1");
  return { ...assertion(expression), function: found[1], file: found[2], line: Number(found[3]) };
}

function muslAssertion(rest: string): Said | null {
  const at = rest.lastIndexOf(" (");
  const found = /^ \(([^():]{1,300}): ([^():]{1,300}): (\d{1,9})\)\s*$/.exec(
    rest.slice(Math.max(0, at)),
  );
  if (at < 0 || !found) return null;
  return {
    ...assertion(rest.slice(0, at)),
    file: found[1],
    function: found[2],
    line: Number(found[3]),
  };
}

/** NetBSD and newlib name the place behind the expression, httpd before it. */
export const namedAssertion: ReadMessage = ({ text, at }) => {
  const from = at + 'assertion "'.length;
  const end = text.indexOf('" failed', from);
  if (end < 0) return null;
  const behind =
    /^" failed: file "([^"]{1,300})", line (\d{1,9})(?:, function:? "?([^"\n]{1,300})"?)?/.exec(
      text.slice(end, end + LONGEST),
    );
  const before = /file ([^\s,]{1,300}), line (\d{1,9}), $/.exec(
    text.slice(Math.max(0, at - 400), at),
  );
  const place = behind ?? before;
  if (place === null) return null;
  return {
    ...assertion(text.slice(from, end)),
    file: place[1],
    line: Number(place[2]),
    function: behind?.[3]?.trim() ?? null,
  };
};

/** GLib, and glibc's own checks of itself. */
export const namelessAssertion: ReadMessage = (line) => {
  const head = line.text.slice(Math.max(0, line.at - 400), line.at);
  const place =
    /ERROR:([^\s:]{1,300}):(\d{1,9}):([^\s]{1,90})$/.exec(head) ??
    /Fatal glibc error: ([^\s:]{1,300}):(\d{1,9}) \(([^()]{1,90})\)$/.exec(head);
  if (place === null) return null;
  return {
    ...assertion(behindColon(line).replace(/^\((.*)\)$/, "$1")),
    file: place[1],
    line: Number(place[2]),
    function: place[3],
  };
};

const behindColon = ({ text, at }: MessageLine): string =>
  text.slice(at + ": assertion failed: ".length, at + LONGEST).trim();

export const qtAssertion: ReadMessage = ({ text, at }) => {
  const rest = text.slice(at, at + LONGEST);
  const found = /^ASSERT: "(.{1,1000})" in file (\S{1,300}), line (\d{1,9})/.exec(rest);
  if (!found) return null;
  return { ...assertion(found[1] as string), file: found[2], line: Number(found[3]) };
};
