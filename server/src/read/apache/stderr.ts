/**
 * Text of libraries, the loader and Apache's own start that goes to the error log without a header. These are sure
 * enough to be taken wherever they follow an entry.
 */
const KNOWN =
  /^(?:PHP [A-Z]|libgomp: |\*\*\* |={3,} (?:Backtrace|Memory map): |httpd\b[^ ]{0,20}[: (]|apache2[: ]|AH\d{5}: |terminate called |no listening sockets|Syntax error on line|Invalid command '|Segmentation fault|Aborted|malloc|double free|corrupted |free\(\): |munmap_chunk)/;

export const isKnownStderr = (line: string): boolean => KNOWN.test(line);

/** Does the line go on with what stands before it: indented, a row of a PHP trace, of an abort's backtrace or map? */
export function isContinuation(line: string, before: string): boolean {
  if (/^[ \t]+\S/.test(line) || line === "Stack trace:" || PHP_ROW.test(line)) return true;
  return isDumpRow(line) || before.endsWith(":");
}

/** `#0 /srv/a.php(12): f()`, `#1 {main}`; gdb's frames have no path there. */
const PHP_ROW = /^#\d{1,4} (?:\/|phar:|[A-Z]:\\|\{main\}|\[internal function\])/;

/** A row of what glibc prints when it aborts: `/usr/sbin/httpd(main+0x8)[0x4008]`, `00400000-00480000 r-xp ...`. */
function isDumpRow(line: string): boolean {
  if (/^={3,} (?:Backtrace|Memory map): ={3,}$/.test(line)) return true;
  if (/^[\da-f]{6,16}-[\da-f]{6,16} [r-][w-][x-]/.test(line)) return true;
  return !line.includes(" ") && /\[0x[\da-f]{1,16}\]$/.test(line.slice(-20));
}
