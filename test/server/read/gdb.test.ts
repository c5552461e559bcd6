import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { outline, problemTexts, sectionLines } from "./show";

const fixture = (path: string) => readFileSync(`test/fixtures/gdb/${path}`, "utf8");

describe("one process of a fleet, as a blog published it", () => {
  const reading = read(fixture("6.8/apache-apc.txt"));
  const frames = reading.processes[0]?.threads[0]?.frames ?? [];

  test("has the 22 frames of pid 311, with functions, files, lines, libraries and argument names", () => {
    expect(outline(reading)).toBe(
      log`
        process 311 gdb 6.8
         thread
          #0 __lll_lock_wait libpthread.so.0
          #1 _L_lock_106 libpthread.so.0
          #2 pthread_mutex_lock libpthread.so.0
          #3 apc_pthreadmutex_lock (lock) apc_pthreadmutex.c:72
          #4 apc_cache_find_slot (cache, key, t) apc_cache.c:578
          #5 apc_cache_find (cache, key, t) apc_cache.c:626
          #6 my_compile_file (h, type) apc_main.c:547
          #7 phar_compile_file libphp5.so
          #8 zend_execute_scripts libphp5.so
          #9 php_execute_script libphp5.so
          #10 php_handler libphp5.so
          #11 ap_run_handler httpd
          #12 ap_invoke_handler httpd
          #13 ap_process_request httpd
          #14 ap_process_http_connection httpd
          #15 ap_run_process_connection httpd
          #16 ap_process_connection httpd
          #17 child_main httpd
          #18 make_child httpd
          #19 perform_idle_server_maintenance httpd
          #20 ap_mpm_run httpd
          #21 main httpd
      `.trim(),
    );
  });

  test("has frame 4 on seven lines, a name cut in two included", () => {
    const span = frames[4]?.span ?? { from: 0, to: 0 };
    const { from, to } = place(reading, span);
    const text = reading.text.slice(from, to);
    expect(text.split("\n")).toHaveLength(7);
    expect(text.startsWith("#4  0x00007f299a33d0ef in apc_cache_find_slot")).toBe(true);
    expect(text.endsWith("apc_cache.c:578")).toBe(true);
    expect(frames[4]?.arguments?.[1]?.value).toContain(
      'user = {identifier = 0x7f29a4da18d0 "/etc/php.auto_prepend.php", identifier_len = 25}',
    );
  });

  test("counts the line that gdb prints at the stop as a view of frame 0, not as a frame", () => {
    expect(reading.processes[0]?.threads[0]?.views.map((view) => view.function)).toEqual([
      "__lll_lock_wait",
    ]);
  });
});

describe("a session with prompts", () => {
  const reading = read(fixture("unknown/haproxy-zlib.txt"));

  test("has the 11 frames of its backtrace, and knows that `frame 6` is a view", () => {
    expect(reading.processes[0]?.threads.map((thread) => thread.frames.length)).toEqual([11]);
    expect(reading.processes[0]?.threads[0]?.views.map((view) => view.number)).toEqual([6, 5]);
  });

  test("keeps what was typed", () => {
    const { text } = reading.clean;
    expect(reading.prompts.map(({ command }) => text.slice(command.from, command.to))).toEqual([
      "backtrace",
      "frame 6",
      "print txn->uri",
      "frame 5",
      "print *s->comp_algo",
    ]);
  });
});

describe("a ticket with everything in it", () => {
  const reading = read(log`
    The pool locks up after each deploy. I ran

    # gdb.run
    set pagination 0
    backtrace
    detach
    quit

    with
    for p in $(pgrep httpd); do echo "=== pid $p ==="; gdb -x gdb.run -p $p; done

    and got, among others:

    === pid 311 ===
    GNU gdb (GDB) 7.2
    Attaching to process 311
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

    === pid 312 ===
    GNU gdb (GDB) 7.2
    Attaching to process 312
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

    Any idea?
  `);

  test("gives every part its section", () => {
    expect(sectionLines(reading)).toEqual([
      "text 1-1",
      "gdb-script 3-7",
      "text 9-9",
      "shell 10-10",
      "text 12-12",
      "gdb-session 14-24",
      "text 26-26",
    ]);
  });

  test("keeps the processes apart", () => {
    expect(reading.processes.map((process) => process.pid)).toEqual([311, 312]);
  });
});

describe("threads", () => {
  test("of a deadlock, attached to and asked twice, are counted once", () => {
    const reading = read(fixture("13.1/deadlock-attach.txt"));
    const { threads = [] } = reading.processes[0] ?? {};
    expect(threads.map(({ number, lwp, frames }) => [number, lwp, frames.length])).toEqual([
      [3, 8429, 8],
      [2, 8428, 8],
      [1, 8426, 5],
    ]);
  });

  test.each(["7.11", "8.1", "9.1", "10.1", "12.0.90", "13.1", "15.0.50", "16.3", "17.1"])(
    "of a crash in gdb %s: four, one of them crashed, with its locals",
    (version) => {
      const reading = read(fixture(`${version}/mt-run.txt`));
      const threads = reading.processes.flatMap((process) => process.threads);
      expect(threads.map((thread) => thread.number)).toEqual([4, 3, 2, 1]);
      const crashed = threads.filter((thread) => thread.crashed);
      expect(crashed.map((thread) => thread.frames[0]?.function)).toEqual(["checksum"]);
      expect(crashed[0]?.frames[0]?.locals?.map((local) => local.name)).toEqual(["i", "sum"]);
      expect(reading.processes[0]?.signal).toBe("SIGSEGV");
    },
  );

  test("of a core keep their numbers where a warning tears the table apart", () => {
    const reading = read(fixture("13.1/mt-core.txt"));
    const threads = reading.processes.flatMap((process) => process.threads);
    expect(threads.map(({ number, frames }) => `${number}: ${frames.length}`)).toEqual([
      "4: 5",
      "3: 8",
      "2: 8",
      "1: 5",
    ]);
    expect(reading.tables.map((table) => [table.kind, table.rows.length])).toContainEqual([
      "thread-list",
      4,
    ]);
  });

  test("of several processes without separators are told apart where the count starts again", () => {
    const reading = read(log`
      Thread 2 (Thread 0x7f01 (LWP 102)):
      #0  0x00007f01 in poll () from /lib64/libc.so.6
      Thread 1 (Thread 0x7f02 (LWP 101)):
      #0  0x00007f01 in poll () from /lib64/libc.so.6
      Thread 2 (Thread 0x7f03 (LWP 202)):
      #0  0x00007f01 in poll () from /lib64/libc.so.6
      Thread 1 (Thread 0x7f04 (LWP 201)):
      #0  0x00007f01 in poll () from /lib64/libc.so.6
    `);
    expect(reading.processes.map((process) => process.threads.length)).toEqual([2, 2]);
  });
});

describe("loose traces", () => {
  test("of the same stack, pasted one after the other, are two", () => {
    const reading = read(log`
      #0  0x00007f01 in poll () from /lib64/libc.so.6
      #1  0x00000041 in main () at a.c:7

      #0  0x00007f01 in poll () from /lib64/libc.so.6
      #1  0x00000041 in main () at a.c:7
    `);
    expect(reading.processes.flatMap((process) => process.threads)).toHaveLength(2);
  });

  test("may begin in the middle and break off at the end", () => {
    const reading = read(log`
      #7  0x00007f299d579921 in phar_compile_file () from /etc/httpd/modules/libphp5.so
      #8  0x00007f299d6f98aa in zend_execute_scripts () from /etc/httpd/modules/libphp5.so
      #9  0x00007f299d6a59c8 in php_execute_scr`);
    expect(outline(reading)).toBe(
      log`
        process
         thread cut
          #7 phar_compile_file libphp5.so
          #8 zend_execute_scripts libphp5.so
          #9 php_execute_scr
      `.trim(),
    );
    expect(problemTexts(reading)).toEqual([
      'truncated-frame "#9  0x00007f299d6a59c8 in php_execute_scr"',
    ]);
  });

  test("say where frames are missing", () => {
    const reading = read(log`
      #0  abort () from /lib64/libc.so.6
      #2  main () at main.c:9
    `);
    expect(problemTexts(reading)).toEqual(['frame-gap "#2  main () at main.c:9"']);
  });

  test("say that gdb could not go on", () => {
    const reading = read(log`
      #0  0x4141414141414141 in ?? ()
      #1  0x0000000000000000 in ?? ()
      Backtrace stopped: previous frame inner to this frame (corrupt stack?)
    `);
    expect(reading.processes[0]?.threads[0]?.ends).toBe("corrupt");
    expect(problemTexts(reading)).toEqual([
      'corrupt-stack "Backtrace stopped: previous frame inner to this frame (corrupt stack?)"',
    ]);
  });

  test("are not seen in prose with numbers and brackets", () => {
    const reading = read(log`
      #1 deploy (again) at noon:30
      See #12 (closed) and #13 for the plan.
      #2 priority is the release
    `);
    expect(reading.processes).toEqual([]);
    expect(sectionLines(reading)).toEqual(["text 1-3"]);
  });
});

describe("a session in gdb's machine interface", () => {
  const reading = read(fixture("13.1/mi.txt"));

  test("has its frames, whose arguments stand elsewhere", () => {
    expect(outline(reading)).toBe(
      log`
        process ./nullderef SIGSEGV
         thread crashed
          #0 __strlen_evex strlen-evex.S:79
          #1 name_length nullderef.c:15
          #2 sum_lengths nullderef.c:21
          #3 main nullderef.c:30
      `.trim(),
    );
  });

  test("keeps the place of every frame in the file", () => {
    const frame = reading.processes[0]?.threads[0]?.frames[1];
    const { from, to } = place(reading, frame?.part("function") ?? { from: 0, to: 0 });
    expect(reading.text.slice(from - 6, to + 1)).toBe('func="name_length"');
  });

  test("has arguments where they stand with the frame", () => {
    const text =
      '*stopped,frame={addr="0x41",func="f",args=[{name="s",value="\\"a, b\\""},{name="n",value="2"}],file="a.c",line="7"}\n';
    expect(outline(read(text))).toContain("#- f (s, n) a.c:7");
  });
});

describe("inlined frames", () => {
  test("are those whose caller has no address", () => {
    const reading = read(log`
      #0  __futex_wait (word=0x1) at futex.c:57
      #1  __futex_wait_common (word=0x1) at futex.c:87
      #2  0x00007f1c740cff7b in __pthread_cond_wait (cond=0x2) at cond.c:139
    `);
    const kinds = reading.processes[0]?.threads[0]?.frames.map((frame) => frame.kind);
    expect(kinds).toEqual(["inline", "call", "call"]);
  });

  test("cannot be told where all addresses were stripped", () => {
    const reading = read(log`
      #0 in memcpy () from /lib/ld-musl-x86_64.so.1
      #1 in deflate () from /lib/libz.so.1
      #2 in main (...) at src/haproxy.c:1933
    `);
    const kinds = reading.processes[0]?.threads[0]?.frames.map((frame) => frame.kind);
    expect(kinds).toEqual(["call", "call", "call"]);
  });
});
