import { outlineOf } from "./ask";
import { openBacktraces } from "./editor";
import { expectText } from "./expect";
import { openText } from "./paste";

suite("a person who looks at the outline", () => {
  test("sees the processes and what each of them does", async () => {
    const outline = await outlineOf(await openBacktraces());
    expectText(
      linesOf(outline, (line) => !line.startsWith(" ")),
      `process 311 waiting for a lock (apc_pthreadmutex_lock) · 22 frames
process 312 waiting for a lock (apc_pthreadmutex_lock) · 22 frames`,
    );
  });

  test("sees one entry a frame, however many lines it takes", async () => {
    const outline = await outlineOf(await openBacktraces());
    expectText(
      linesOf(outline, (_, index) => index >= 4 && index <= 8),
      `  #3 apc_pthreadmutex_lock apc_pthreadmutex.c:72
  #4 apc_cache_find_slot apc_cache.c:578
  #5 apc_cache_find apc_cache.c:626
  #6 my_compile_file apc_main.c:547
  #7 phar_compile_file libphp5.so`,
    );
  });

  test("sees the threads of a process and their frames", async () => {
    const document = await openText("backtrace", threads);
    expectText(
      await outlineOf(document),
      `backtrace 2 threads
  Thread 2 "deadlock" (LWP 8428) 2 frames
    #4 take_both deadlock.c:11
    #5 worker_one deadlock.c:16
  Thread 1 "deadlock" (LWP 8426) 1 frame
    #5 main deadlock.c:34`,
    );
  });
});

const threads = `Thread 2 (Thread 0x7f6622bf96c0 (LWP 8428) "deadlock"):
#4  0x000055ce1f2371be in take_both (first=0x55ce1f23a060 <lock_a>, amount=1) at src/deadlock.c:11
#5  0x000055ce1f237217 in worker_one (arg=0x7ffecd9c83dc) at src/deadlock.c:16

Thread 1 (Thread 0x7f6622bfa740 (LWP 8426) "deadlock"):
#5  0x000055ce1f2372ec in main (argc=1, argv=0x7ffecd9c84f8) at src/deadlock.c:34
`;

const linesOf = (text: string, chosen: (line: string, index: number) => boolean) =>
  text.split("\n").filter(chosen).join("\n");
