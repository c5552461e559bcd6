import { foldsOf, lensesOf } from "./ask";
import { openBacktraces } from "./editor";
import { expectText } from "./expect";
import { tokensOf } from "./tokens";

suite("a person who looks over a file of saved backtraces", () => {
  test("folds a process, its banner, its stack and a wrapped frame", async () => {
    const folds = await foldsOf(await openBacktraces());
    expectText(
      folds.slice(0, 5).join("\n"),
      `=== pid 311 === (+52)
GNU gdb Fedora (6.8-27.el5) (+9)
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0 (+39)
#3  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at (+1)
#4  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30, (+6)`,
    );
  });

  test("reads above a stack how many processes share it", async () => {
    const lenses = await lensesOf(await openBacktraces());
    const aboutStacks = lenses.filter((lens) => !/: \d+ % /.test(lens));
    expectText(
      aboutStacks.slice(0, 2).join("\n"),
      `=== pid 311 ===: waiting for a lock (apc_pthreadmutex_lock)
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0: 2 processes share this stack`,
    );
  });

  test("tells the parts of a wrapped frame by colour, on its second line too", async () => {
    const document = await openBacktraces();
    expectText(
      await tokensOf(document, "#6  "),
      `#6: btFrameNumber
0x00007f299a342005: btAddress
my_compile_file: btFunction
h: btParameter
0x7fff14967f40: btAddress
type: btParameter
8: btValue`,
    );
    expectText(
      await tokensOf(document, "/usr/local/src/php-5.3.3/APC-3.1.4/apc_main.c"),
      `/usr/local/src/php-5.3.3/APC-3.1.4/apc_main.c: btFile
547: btLine`,
    );
  });
});
