import { expect, test } from "vitest";
import { frameFact } from "../../../server/src/frames/facts";
import { roleLabel, roleMeaning } from "../../../server/src/frames/roles";

/** Library and role of a function, or `-`. */
function known(name: string, library: string | null = null): string {
  const fact = frameFact(name, library);
  return fact ? `${fact.library}: ${fact.role}` : "-";
}

test("libc's aliases lead to the same explanation", () => {
  const mutex = frameFact("pthread_mutex_lock");
  expect(mutex?.explain).toMatch(/__data\.__owner/);
  for (const alias of [
    "__pthread_mutex_lock",
    "___pthread_mutex_lock",
    "__GI___pthread_mutex_lock",
  ]) {
    expect(frameFact(alias)).toBe(mutex);
  }
  expect(frameFact("__libc_malloc")).toBe(frameFact("malloc"));
  expect(frameFact("_IO_new_fclose")).toBe(frameFact("fclose"));
  expect(frameFact("__memcpy_avx_unaligned_erms")).toBe(frameFact("memcpy@plt"));
});

test("a family of functions is explained by its pattern", () => {
  expect(known("zif_apc_store")).toBe("PHP APC and APCu: handler");
  expect(known("zif_anything")).toBe("PHP: handler");
  expect(known("_nss_ldap_getpwnam_r")).toBe("glibc names, time and locale: resolve");
  expect(known("resize._omp_fn.2")).toBe("OpenMP run-time: handler");
});

test("of two patterns the longer one explains the function", () => {
  expect(known("std::_Rb_tree_increment")).toBe("C++ run-time: container");
  expect(known("std::something_else")).toBe("C++ run-time: library");
});

test("a name that several libraries share is told apart by the object", () => {
  expect(known("worker_thread")).toBe("Apache httpd: event-loop");
  expect(known("worker_thread", "vmlinux")).toBe("Linux kernel: thread-entry");
  expect(known("s_lock")).toBe("PostgreSQL: wait-lock");
  expect(known("s_lock", "/usr/lib64/php/modules/apc.so")).toBe("PHP APC and APCu: wait-lock");
  expect(known("__wait", "/lib/ld-musl-x86_64.so.1")).toBe("musl: wait-lock");
});

test("a libc name in another library is that library's own function", () => {
  expect(known("raise")).toBe("glibc: raise");
  expect(known("raise", "/lib64/libc.so.6")).toBe("glibc: raise");
  expect(known("raise", "/lib/x86_64-linux-gnu/libc-2.31.so")).toBe("glibc: raise");
  expect(known("raise", "/opt/shop/libprices.so")).toBe("-");
});

test("run-time libraries stand in for each other", () => {
  expect(known("malloc", "/usr/lib/libasan.so.6")).toBe("glibc malloc: alloc");
  expect(known("read", "/lib64/libpthread.so.0")).toBe("glibc system calls: wait-io");
});

test("common words mean a library's function only in that library", () => {
  expect(known("match")).toBe("-");
  expect(known("match", "/lib64/libpcre.so.1")).toBe("PCRE: string");
  expect(known("schedule")).toBe("-");
  expect(known("schedule", "vmlinux")).toBe("Linux kernel: sleep");
  expect(known("ext4_lookup", "[ext4]")).toBe("Linux kernel: io");
});

test("nothing is said of a program's own functions, however they are called", () => {
  const names = ["charge", "Shop::Till::open", "constructor", "__proto__", "toString", ""];
  expect(names.map((name) => known(name))).toEqual(names.map(() => "-"));
});

test("an answer stays the same after thousands of other questions", () => {
  const before = frameFact("poll");
  for (let i = 0; i < 10_000; i++) frameFact(`function_${i}`);
  expect(frameFact("poll")).toBe(before);
});

test("a role has a label and a meaning", () => {
  expect(roleLabel("wait-lock")).toBe("waiting for a lock");
  expect(roleMeaning("wait-lock")).toMatch(/^The thread sleeps or spins until/);
});

test("older names of system calls that are no cancellation points are explained like the calls", () => {
  const roles = ["__select_nocancel", "__read_nocancel", "__accept_nocancel"].map(
    (name) => frameFact(name, "/lib64/libc.so.6")?.role,
  );
  expect(roles).toEqual(["wait-io", "wait-io", "wait-io"]);
});
