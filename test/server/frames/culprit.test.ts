import { expect, test } from "vitest";
import { culpritIndex, type ExtraMachinery } from "../../../server/src/frames/culprit";
import { anyGlob } from "../../../server/src/frames/glob";
import { stack } from "./stack";

/** The line of the stack that is found at fault. */
function culprit(lines: string, extra?: ExtraMachinery): string {
  const index = culpritIndex(stack(lines), extra);
  return index === null ? "-" : lines.trim().split("\n")[index]!.trim();
}

test("an assertion is the fault of the function that asserted", () => {
  expect(
    culprit(`
      __pthread_kill_implementation
      __GI_raise
      __GI_abort
      __assert_fail_base
      __GI___assert_fail
      check_order at src/shop.c
      main`),
  ).toBe("check_order at src/shop.c");
});

test("a double free is the fault of the function that called free", () => {
  expect(
    culprit(`
      raise from /lib64/libc.so.6
      abort from /lib64/libc.so.6
      __libc_message from /lib64/libc.so.6
      malloc_printerr from /lib64/libc.so.6
      _int_free from /lib64/libc.so.6
      free_session
      main`),
  ).toBe("free_session");
});

test("a copy beyond a buffer is the fault of the function that copied", () => {
  expect(culprit("__memmove_avx_unaligned_erms\nread_header\nparse\nmain")).toBe("read_header");
});

test("a thread that waits for a lock is shown with the function that wants the lock", () => {
  expect(
    culprit(`
      __lll_lock_wait from /lib64/libpthread.so.0
      _L_lock_1034 from /lib64/libpthread.so.0
      pthread_mutex_lock from /lib64/libpthread.so.0
      update_cache
      start_thread from /lib64/libpthread.so.0
      clone`),
  ).toBe("update_cache");
});

test("an uncaught C++ exception is the fault of the function that threw", () => {
  expect(
    culprit(`
      raise
      abort
      ?? from /lib/x86_64-linux-gnu/libstdc++.so.6
      std::terminate() from /lib/x86_64-linux-gnu/libstdc++.so.6
      __cxa_throw from /lib/x86_64-linux-gnu/libstdc++.so.6
      shop::Registry<std::__cxx11::basic_string<char>, int>::fetch
      std::function<void (int)>::operator()(int) const
      main`),
  ).toBe("shop::Registry<std::__cxx11::basic_string<char>, int>::fetch");
});

test("a Rust panic is the fault of the code that panicked", () => {
  expect(
    culprit(`
      abort at ./stdlib/abort.c
      panic_abort::__rust_start_panic::abort at library/panic_abort/src/lib.rs
      std::panicking::rust_panic
      std::panicking::begin_panic_handler::{closure#0}
      core::panicking::panic_bounds_check
      alloc::vec::{impl#16}::index<alloc::string::String, usize, alloc::alloc::Global>
      rustcrash::{impl#0}::visit at src/rustcrash.rs
      rustcrash::main`),
  ).toBe("rustcrash::{impl#0}::visit at src/rustcrash.rs");
});

test("a Go program's own function is found above the run-time", () => {
  expect(culprit("runtime.raise\nruntime.sigpanic\nmain.(*Store).Length\nruntime.goexit")).toBe(
    "main.(*Store).Length",
  );
});

test("template code of the compiler's headers is passed over by its source path", () => {
  expect(culprit("helper at /usr/include/c++/12/bits/stl_algo.h\nsort_orders\nmain")).toBe(
    "sort_orders",
  );
});

test("an unknown function of libc is passed over", () => {
  expect(culprit("some_internal from /lib64/libc.so.6\nserve\nmain")).toBe("serve");
});

test("an application's function that bears the name of a libc function is at fault", () => {
  expect(culprit("raise from /opt/shop/libprices.so\nserve\nmain")).toBe(
    "raise from /opt/shop/libprices.so",
  );
});

test("a sanitizer's own malloc is machinery", () => {
  expect(culprit("malloc from /lib64/libasan.so.6\nserve\nmain")).toBe("serve");
});

test("a crash handler that raises leads to what the signal interrupted", () => {
  expect(
    culprit(`
      raise
      abort
      write_report
      <signal handler called>
      memcpy
      draw_chart
      main`),
  ).toBe("draw_chart");
});

test("a crash handler that waits for its reporter leads to what the signal interrupted", () => {
  expect(culprit("waitpid\nrun_gdb\n<signal handler called>\ndraw_chart\nmain")).toBe("draw_chart");
});

test("a handler that crashed itself is at fault", () => {
  expect(culprit("on_alarm\n<signal handler called>\nclock_nanosleep\nwait_for_work\nmain")).toBe(
    "on_alarm",
  );
});

test("a handler that calls libc with something wrong is at fault", () => {
  expect(culprit("strlen\non_alarm\n<signal handler called>\nwait_for_work\nmain")).toBe(
    "on_alarm",
  );
});

test("of two nested signals, the first one's victim is at fault", () => {
  expect(
    culprit(
      "raise\non_segv\n<signal handler called>\nabort\non_fpe\n<signal handler called>\ndivide",
    ),
  ).toBe("divide");
});

test("the signal frame itself is not at fault when nothing stands outside it", () => {
  expect(culprit("raise\n<signal handler called>")).toBe("raise");
});

test("main is at fault when everything inside it is machinery", () => {
  expect(culprit("raise\nabort\nmain\n__libc_start_main\n_start")).toBe("main");
});

test("a thread's start is not at fault, its innermost frame is", () => {
  expect(culprit("poll\nstart_thread\nclone")).toBe("poll");
});

test("a module's request handler is preferred to the server's loop", () => {
  expect(
    culprit("zend_hash_find\nzif_preg_match\nexecute_ex\nap_run_handler\nchild_main\nmain"),
  ).toBe("zif_preg_match");
});

test("where every function is known, a component's own wait is preferred to the server's loop", () => {
  expect(
    culprit(`
      __lll_lock_wait from /lib64/libpthread.so.0
      _L_lock_106 from /lib64/libpthread.so.0
      pthread_mutex_lock from /lib64/libpthread.so.0
      apc_pthreadmutex_lock from /usr/lib64/php/modules/apc.so
      my_compile_file from /usr/lib64/php/modules/apc.so
      php_handler from /etc/httpd/modules/libphp5.so
      ap_run_handler
      child_main
      main`),
  ).toBe("apc_pthreadmutex_lock from /usr/lib64/php/modules/apc.so");
});

test("a function known as the usual culprit is stopped at", () => {
  expect(culprit("deflate\ndeflate_flush_or_finish\nprocess_stream\nmain")).toBe(
    "deflate_flush_or_finish",
  );
});

test("a nameless frame is passed over when a named function follows", () => {
  expect(culprit("??\ncall_hook\nmain")).toBe("call_hook");
});

test("a nameless frame of an object is preferred to the server's own machinery", () => {
  expect(culprit("?? from /usr/lib/apache2/mod_shop.so\nap_run_handler\nchild_main\nmain")).toBe(
    "?? from /usr/lib/apache2/mod_shop.so",
  );
});

test("in a stripped program the first nameless frame below abort is at fault", () => {
  expect(culprit("raise\nabort\n?? from /srv/shop\n??\n__libc_start_main")).toBe(
    "?? from /srv/shop",
  );
});

test("a stack of nameless frames begins with the culprit", () => {
  expect(culprit("??\n??\n??")).toBe("??");
  expect(culpritIndex(stack("??\n??\n??"))).toBe(0);
});

test("an empty stack has no culprit", () => {
  expect(culpritIndex([])).toBeNull();
});

test("a user's own logging functions are passed over when the setting names them", () => {
  const extra = anyGlob(["shop::log_*", "die"]);
  expect(culprit("abort\ndie\nshop::log_fatal(int)\ncharge\nmain", extra)).toBe("charge");
  expect(culprit("abort\ndie\nshop::log_fatal(int)\ncharge\nmain")).toBe("die");
});
