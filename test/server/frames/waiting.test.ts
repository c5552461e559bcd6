import { expect, test } from "vitest";
import { idleStack } from "../../../server/src/frames/idle";
import { waitingFor } from "../../../server/src/frames/waiting";
import { stack } from "./stack";

const doing = (lines: string) => waitingFor(stack(lines));
const idle = (lines: string) => idleStack(stack(lines))?.id ?? "-";

test("a lock is named by the function that wants it", () => {
  expect(
    doing(`
      __lll_lock_wait from /lib64/libpthread.so.0
      pthread_mutex_lock from /lib64/libpthread.so.0
      apc_pthreadmutex_lock
      zif_apc_store
      execute_ex`),
  ).toBe("waiting for a lock (apc_pthreadmutex_lock)");
});

test("what is waited for is told by the outermost waiting function", () => {
  expect(doing("futex_wait\n__new_sem_wait_slow\nstart_thread")).toBe("waiting for a lock");
  expect(doing("select\napr_sleep\nap_wait_or_timeout\nprefork_run\nmain")).toBe(
    "waiting for a child process",
  );
  expect(doing("epoll_wait\nserve_clients\nmain")).toBe("waiting for I/O (serve_clients)");
});

test("an abort is named by what found the fault", () => {
  expect(doing("raise\nabort\n__libc_message\nmalloc_printerr\n_int_free\nserve")).toBe(
    "aborting: malloc_printerr",
  );
  expect(doing("__GI_raise\n__GI_abort\n__assert_fail_base\n__GI___assert_fail\nserve")).toBe(
    "aborting: __assert_fail",
  );
});

test("the nameless frames of a stripped C++ run-time do not hide the throw", () => {
  const libstdcxx = "/lib/x86_64-linux-gnu/libstdc++.so.6";
  expect(
    doing(`
      raise
      abort
      ?? from ${libstdcxx}
      std::terminate() from ${libstdcxx}
      __cxa_throw from ${libstdcxx}
      fetch`),
  ).toBe("aborting: __cxa_throw");
});

test("a process that signals another one is not aborting", () => {
  expect(doing("kill\nstop_children\nmain")).toBe("sending a signal");
});

test("anything else runs", () => {
  expect(doing("compute\nmain")).toBe("running");
  expect(doing("??\nmain")).toBe("running");
  expect(waitingFor([])).toBe("running");
});

test("a normal idle stack is recognised through libc's aliases and the plumbing between", () => {
  expect(
    idle(`
      __futex_abstimed_wait_common64
      __pthread_cond_wait_common
      ___pthread_cond_wait
      apr_thread_cond_wait from /lib/x86_64-linux-gnu/libapr-1.so.0
      ap_queue_pop_something
      worker_thread
      start_thread`),
  ).toBe("httpd-worker-idle");
  expect(idle("__epoll_wait_nocancel\nepoll_wait\naeApiPoll\naeProcessEvents\naeMain\nmain")).toBe(
    "redis-idle",
  );
});

test("a stack with the program's own code in it is not idle", () => {
  expect(idle("epoll_wait\nmy_wait\naeApiPoll\naeProcessEvents\naeMain\nmain")).toBe("-");
  expect(idle("epoll_wait\naeApiPoll\naeProcessEvents\nmain")).toBe("-");
  expect(idle("??\nepoll_wait\naeApiPoll\naeProcessEvents\naeMain")).toBe("-");
  expect(idle("<signal handler called>\nepoll_wait\naeApiPoll\naeProcessEvents\naeMain")).toBe("-");
});
