import { expect, test } from "vitest";
import { log } from "../server/fixture";
import { annotate } from "./annotate";

const check = (annotated: string) => expect(annotate(annotated)).toBe(annotated);

test("a frame shows its number, address, function, arguments and place", () => {
  check(log`
    #4  0x00005555555567dc in hit (p=..., s=0x555 "a\n", c=113 'q', n=n@entry=-5, q=<optimized out>) at src/args.cpp:25
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^^ entity.name.function
                                   ^ variable.parameter
                                    ^ keyword.operator.assignment
                                          ^ variable.parameter
                                           ^ keyword.operator.assignment
                                            ^^^^^ constant.numeric.hex
                                                  ^^ string.quoted.double
                                                    ^^ constant.character.escape
                                                      ^ string.quoted.double
                                                         ^ variable.parameter
                                                          ^ keyword.operator.assignment
                                                           ^^^ constant.numeric.decimal
                                                               ^^^ string.quoted.single
                                                                    ^ variable.parameter
                                                                     ^ keyword.operator.assignment
                                                                      ^ variable.parameter
                                                                       ^^^^^^ storage.modifier.entry
                                                                             ^ keyword.operator.assignment
                                                                              ^^ constant.numeric.decimal
                                                                                  ^ variable.parameter
                                                                                   ^ keyword.operator.assignment
                                                                                    ^^^^^^^^^^^^^^^ constant.language.optimized-out
                                                                                                     ^^ keyword.other.at
                                                                                                        ^^^^^^^^^^^^ string.unquoted.file
                                                                                                                     ^^ constant.numeric.line
  `);
});

test("a frame of a library without debug information shows the library", () => {
  check(log`
    #2  0x00007f29a2e502e0 in pthread_mutex_lock () from /lib64/libpthread.so.0
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^^^^^^^^^^^^^^^^^ entity.name.function
                                                    ^^^^ keyword.other.from
                                                         ^^^^^^^^^^^^^^^^^^^^^^ entity.name.namespace.library
  `);
});

test("a function without symbols is faint, since there is nothing to read", () => {
  check(log`
    #1  0x4141414141414141 in ?? ()
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^ comment.other.unknown-function
  `);
});

test("a call from a signal handler stands out", () => {
  check(log`
    #1  <signal handler called>
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^^^^^^ keyword.control.handler
  `);
});

test("brackets in a C++ name belong to the name", () => {
  check(log`
    #15 0x0000555555557d61 in std::function<void (int)>::operator()(int) const (this=0x7ff, __args#0="blue") at f.h:591
    ^^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.function
                                                                                ^^^^ variable.parameter
                                                                                    ^ keyword.operator.assignment
                                                                                     ^^^^^ constant.numeric.hex
                                                                                            ^^^^^^^^ variable.parameter
                                                                                                    ^ keyword.operator.assignment
                                                                                                     ^^^^^^ string.quoted.double
                                                                                                             ^^ keyword.other.at
                                                                                                                ^^^ string.unquoted.file
                                                                                                                    ^^^ constant.numeric.line
  `);
});

test("brackets in a Go method belong to the name", () => {
  check(log`
    #0  main.(*Store).Length (s=0xc000014250, key=..., ~r0=0) at store.go:23
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^^^ entity.name.function
                              ^ variable.parameter
                               ^ keyword.operator.assignment
                                ^^^^^^^^^^^^ constant.numeric.hex
                                              ^^^ variable.parameter
                                                 ^ keyword.operator.assignment
                                                       ^^^ variable.parameter
                                                          ^ keyword.operator.assignment
                                                           ^ constant.numeric.decimal
                                                              ^^ keyword.other.at
                                                                 ^^^^^^^^ string.unquoted.file
                                                                          ^^ constant.numeric.line
  `);
});

test("a casted pointer and a flag set do not end the argument list", () => {
  check(log`
    #3  f (p=(struct item *) 0x5, f=(F_A | F_C), fn=0x5 <plus_one(int)>) at a.c:1
    ^^ constant.numeric.frame
        ^ entity.name.function
           ^ variable.parameter
            ^ keyword.operator.assignment
                             ^^^ constant.numeric.hex
                                  ^ variable.parameter
                                   ^ keyword.operator.assignment
                                                 ^^ variable.parameter
                                                   ^ keyword.operator.assignment
                                                    ^^^ constant.numeric.hex
                                                        ^^^^^^^^^^^^^^^ support.function.symbol
                                                                         ^^ keyword.other.at
                                                                            ^^^ string.unquoted.file
                                                                                ^ constant.numeric.line
  `);
});

test("the line where gdb stopped is a frame without number", () => {
  check(log`
    Program received signal SIGSEGV, Segmentation fault.
    ^^^^^^^ entity.name.section.stop
            ^^^^^^^^ keyword.other.stop
                            ^^^^^^^ keyword.control.signal
    __strlen_evex () at ../sysdeps/strlen-evex.S:79
    ^^^^^^^^^^^^^ entity.name.function
                     ^^ keyword.other.at
                        ^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.file
                                                 ^^ constant.numeric.line
    79	../sysdeps/strlen-evex.S: No such file or directory.
    ^^ constant.numeric.line
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ markup.inline.raw.source
  `);
});

test("a quoted mail keeps the colours", () => {
  check(log`
    > > #1  0x0000 in name_length (it=0x0) at src/nullderef.c:15
    ^^^^ punctuation.definition.quote
        ^^ constant.numeric.frame
            ^^^^^^ constant.numeric.hex
                   ^^ keyword.other.in
                      ^^^^^^^^^^^ entity.name.function
                                   ^^ variable.parameter
                                     ^ keyword.operator.assignment
                                      ^^^ constant.numeric.hex
                                           ^^ keyword.other.at
                                              ^^^^^^^^^^^^^^^ string.unquoted.file
                                                              ^^ constant.numeric.line
  `);
});

test("what syslog, a container or compose put before a frame is faint", () => {
  check(log`
    Nov 20 12:00:01 web1 app[311]: #1  main () at a.c:3
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.other.prefix
                                   ^^ constant.numeric.frame
                                       ^^^^ entity.name.function
                                               ^^ keyword.other.at
                                                  ^^^ string.unquoted.file
                                                      ^ constant.numeric.line
    2026-11-20T12:00:01.000Z stdout F #1  main () at a.c:3
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.other.prefix
                                      ^^ constant.numeric.frame
                                          ^^^^ entity.name.function
                                                  ^^ keyword.other.at
                                                     ^^^ string.unquoted.file
                                                         ^ constant.numeric.line
    web_1  | #1  main () at a.c:3
    ^^^^^^^^^ comment.other.prefix
             ^^ constant.numeric.frame
                 ^^^^ entity.name.function
                         ^^ keyword.other.at
                            ^^^ string.unquoted.file
                                ^ constant.numeric.line
  `);
});

test("frames that were joined into one line are each a frame", () => {
  check(log`
    x: #0  0x1 in f () from /lib/x.so #1  0x2 in main () at a.c:3
        ^ constant.numeric.decimal
           ^^^ constant.numeric.hex
                       ^^^^ keyword.other.from
                            ^^^^^^^^^ entity.name.namespace.library
                                       ^ constant.numeric.decimal
                                          ^^^ constant.numeric.hex
                                                         ^^ keyword.other.at
                                                            ^^^ string.unquoted.file
                                                                ^ constant.numeric.line
  `);
});

test("a wrapped frame goes on over lines", () => {
  check(log`
    #3  0x00007f299a342969 in apc_lock (lock=0x7f2981ef6088) at
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^^^^^^^ entity.name.function
                                        ^^^^ variable.parameter
                                            ^ keyword.operator.assignment
                                             ^^^^^^^^^^^^^^ constant.numeric.hex
                                                             ^^ keyword.other.at
    /usr/local/src/apc_lock.c:72
    ^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.file
                              ^^ constant.numeric.line
    #4  0x00007f299a33d0ef in apc_find (cache=0x7f29,
    ^^ constant.numeric.frame
        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                           ^^ keyword.other.in
                              ^^^^^^^^ entity.name.function
                                        ^^^^^ variable.parameter
                                             ^ keyword.operator.assignment
                                              ^^^^^^ constant.numeric.hex
    key={data = {inode = 25}, path = 0x7f29
    ^^^ variable.parameter
       ^ keyword.operator.assignment
         ^^^^ variable.other.member
              ^ keyword.operator.assignment
                 ^^^^^ variable.other.member
                       ^ keyword.operator.assignment
                         ^^ constant.numeric.decimal
                              ^^^^ variable.other.member
                                   ^ keyword.operator.assignment
                                     ^^^^^^ constant.numeric.hex
    "/etc/php.auto_prepend.php", mtime = 1290}, t=0) at
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double
                                 ^^^^^ variable.other.member
                                       ^ keyword.operator.assignment
                                         ^^^^ constant.numeric.decimal
                                                ^ variable.parameter
                                                 ^ keyword.operator.assignment
                                                  ^ constant.numeric.decimal
                                                     ^^ keyword.other.at
    /usr/local/src/apc_cache.c:578
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.file
                               ^^^ constant.numeric.line
        at ../sysdeps/clone3.S:81
        ^^ keyword.other.at
           ^^^^^^^^^^^^^^^^^^^ string.unquoted.file
                               ^^ constant.numeric.line
       from /lib/libc.so.6
       ^^^^ keyword.other.from
            ^^^^^^^^^^^^^^ entity.name.namespace.library
  `);
});
