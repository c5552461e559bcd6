import { expect, test } from "vitest";
import { log } from "../server/fixture";
import { annotate } from "./annotate";

const check = (annotated: string) => expect(annotate(annotated)).toBe(annotated);

test("a thread's header shows its ids and name", () => {
  check(log`
    Thread 3 (Thread 0x7ffff6bfe700 (LWP 9234) "pool-1"):
    ^^^^^^^^ entity.name.section.thread
                     ^^^^^^^^^^^^^^ constant.numeric.hex
                                         ^^^^ constant.numeric.thread-id
                                               ^^^^^^^^ string.quoted.double
  `);
});

test("a row of info threads shows the thread and where it is", () => {
  check(log`
    * 3    Thread 0x7f66 (LWP 9234) "pool-1" 0x00000000004008fe in checksum (j=0x7f) at src/mt.c:15
    ^ keyword.operator.selected
      ^ constant.numeric.thread
                  ^^^^^^ constant.numeric.thread-id
                              ^^^^ constant.numeric.lwp
                                    ^^^^^^^^ string.quoted.double
                                             ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                                                                ^^ keyword.other.in
                                                                   ^^^^^^^^ entity.name.function
                                                                             ^ variable.parameter
                                                                              ^ keyword.operator.assignment
                                                                               ^^^^ constant.numeric.hex
                                                                                     ^^ keyword.other.at
                                                                                        ^^^^^^^^ string.unquoted.file
                                                                                                 ^^ constant.numeric.line
      4    LWP 9235 (running)
      ^ constant.numeric.thread
               ^^^^ constant.numeric.thread-id
                    ^^^^^^^^^ comment.other.state
  `);
});

test("threads that come and go are faint, their ids readable", () => {
  check(log`
    [New Thread 0x7ffff73ff700 (LWP 9233)]
    ^^^^^^^^^^^^ comment.line.event
                ^^^^^^^^^^^^^^ constant.numeric.hex
                              ^^^^^^ comment.line.event
                                    ^^^^ constant.numeric.thread-id
                                        ^^ comment.line.event
    [Switching to thread 3 (Thread 0x7f66 (LWP 8429))]
    ^^^^^^^^^^^^^^^^^^^^^ comment.line.event
                         ^ constant.numeric.thread-id
                          ^^^^^^^^^ comment.line.event
                                   ^^^^^^ constant.numeric.hex
                                         ^^^^^^ comment.line.event
                                               ^^^^ constant.numeric.thread-id
                                                   ^^^ comment.line.event
  `);
});

test("local variables show names and values", () => {
  check(log`
            label = "job-7\000", '\000' <repeats 11 times>
            ^^^^^ variable.other.local
                  ^ keyword.operator.assignment
                    ^^^^^^ string.quoted.double
                          ^^^^ constant.character.escape
                              ^ string.quoted.double
                                 ^^^^^^ string.quoted.single
                                        ^^^^^^^^^^^^^^^^^^ comment.other.repeats
            pts = {{x = 1, y = 2.5}, ok = true, next = 0x0}
            ^^^ variable.other.local
                ^ keyword.operator.assignment
                    ^ variable.other.member
                      ^ keyword.operator.assignment
                        ^ constant.numeric.decimal
                           ^ variable.other.member
                             ^ keyword.operator.assignment
                               ^^^ constant.numeric.decimal
                                     ^^ variable.other.member
                                        ^ keyword.operator.assignment
                                          ^^^^ constant.language.boolean
                                                ^^^^ variable.other.member
                                                     ^ keyword.operator.assignment
                                                       ^^^ constant.numeric.hex
    No locals.
    ^^^^^^^^^^ comment.line.message
  `);
});

test("output after a prompt is coloured like any other, and so is a typed command", () => {
  check(log`
    (gdb) (gdb) #0  futex_wait (private=0) at futex.h:146
    ^^^^^^^^^^^^ punctuation.definition.prompt
                ^^ constant.numeric.frame
                    ^^^^^^^^^^ entity.name.function
                                ^^^^^^^ variable.parameter
                                       ^ keyword.operator.assignment
                                        ^ constant.numeric.decimal
                                           ^^ keyword.other.at
                                              ^^^^^^^ string.unquoted.file
                                                      ^^^ constant.numeric.line
    (gdb) p *list
    ^^^^^^ punctuation.definition.prompt
          ^ keyword.other.command
    (gdb) $1 = {id = 1, next = 0x0}
    ^^^^^^ punctuation.definition.prompt
          ^^ variable.other.history
             ^ keyword.operator.assignment
                ^^ variable.other.member
                   ^ keyword.operator.assignment
                     ^ constant.numeric.decimal
                        ^^^^ variable.other.member
                             ^ keyword.operator.assignment
                               ^^^ constant.numeric.hex
  `);
});

test("the beginning of each process's trace stands out", () => {
  check(log`
    === pid 311 ===
    ^^^^^^^^^^^^^^^ entity.name.section.separator
    GNU gdb Fedora (6.8-27.el5)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.banner
    Attaching to process 311
    ^^^^^^^^^^^^^^^^^^^^ keyword.other.process
                         ^^^ constant.numeric.process
  `);
});

test("a core's first lines tell the command and the signal", () => {
  check(log`
    Core was generated by ${"`"}./mt -x'.
    ^^^^^^^^^^^^^^^^^^^^^ keyword.other.process
                          ^^^^^^^^^^ string.unquoted.program
    Program terminated with signal SIGSEGV, Segmentation fault.
    ^^^^^^^ entity.name.section.stop
            ^^^^^^^^^^^^^^^ keyword.other.stop
                                   ^^^^^^^ keyword.control.signal
  `);
});

test("libraries, registers and instructions show their addresses", () => {
  check(log`
    0x00007f1c74070380  0x00007f1c741c422d  Yes (*)     /lib/libc.so.6
    ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                        ^^^^^^^^^^^^^^^^^^ constant.numeric.hex
                                            ^^^^^^^ constant.language.boolean
                                                        ^^^^^^^^^^^^^^ entity.name.namespace.library
    rip            0x55822485a1e1      0x55822485a1e1 <checksum+56>
    ^^^ variable.language.register
                   ^^^^^^^^^^^^^^ constant.numeric.hex
                                       ^^^^^^^^^^^^^^ constant.numeric.hex
                                                      ^^^^^^^^^^^^^ support.function.symbol
    => 0x55822485a1e1 <checksum+56>:	movzbl 0x10(%rax),%eax
    ^^ keyword.operator.current
       ^^^^^^^^^^^^^^ constant.numeric.hex
                      ^^^^^^^^^^^^^ support.function.symbol
                                     ^^^^^^ keyword.mnemonic
                                            ^^^^ constant.numeric.hex
                                                 ^^^^ variable.language.register
                                                       ^^^^ variable.language.register
  `);
});

test("a broken stack and a failed command are errors", () => {
  check(log`
    Backtrace stopped: previous frame identical to this frame (corrupt stack?)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid.illegal.message
    Cannot access memory at address 0x0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid.illegal.message
  `);
});

test("a command file and the shell loop around it show their words", () => {
  check(log`
    # gdb.run
    ^^^^^^^^^ comment.line.number-sign
    set pagination 0
    ^^^^^^^^^^^^^^ keyword.other.command
    thread apply all bt full
    ^^^^^^^^^^^^^^^^^^^ keyword.other.command
    for pid in $(pidof httpd); do gdb -p $pid; done
    ^^^ keyword.control.shell
            ^^ keyword.control.shell
                               ^^ keyword.control.shell
                                         ^^^^ variable.other.shell
                                               ^^^^ keyword.control.shell
  `);
});
