import { expect, test } from "vitest";
import { log } from "../server/fixture";
import { annotate } from "./annotate";
import { colourScript, textOf } from "./colour";
import { contributes, projectFile } from "./manifest";

const check = (annotated: string) => expect(annotate(annotated, colourScript)).toBe(annotated);

test("settings show their name and value", () => {
  check(log`
    # gdb.run
    ^^^^^^^^^ comment.line.number-sign
    set pagination 0
    ^^^ keyword.other.command
        ^^^^^^^^^^ variable.other.setting
                   ^ constant.numeric.decimal
    set print pretty on
    ^^^ keyword.other.command
        ^^^^^^^^^^^^ variable.other.setting
                     ^^ constant.language.setting
    set var counter = 4
    ^^^ keyword.other.command
        ^^^ keyword.other.command
                    ^ keyword.operator
                      ^ constant.numeric.decimal
    with print pretty on -- p *r
    ^^^^ keyword.other.command
         ^^^^^^^^^^^^^^^ variable.other.setting
                         ^^ keyword.operator.separator
                            ^ keyword.other.command
                              ^ keyword.operator
  `);
});

test("a command that others do is a command too", () => {
  check(log`
    thread apply all -s -q bt full
    ^^^^^^^^^^^^ keyword.other.command
                 ^^^ constant.language.range
                     ^^ storage.modifier.option
                        ^^ storage.modifier.option
                           ^^ keyword.other.command
                              ^^^^ constant.language.range
    thread apply 2-5 1.* frame apply 3 p $rip
    ^^^^^^^^^^^^ keyword.other.command
                 ^^^ constant.numeric.range
                     ^^^ constant.numeric.range
                         ^^^^^^^^^^^ keyword.other.command
                                     ^ constant.numeric.range
                                       ^ keyword.other.command
                                         ^^^^ variable.other.convenience
    taas info locals
    ^^^^ keyword.other.command
         ^^^^^^^^^^^ keyword.other.command
  `);
});

test("expressions show numbers, formats, texts and the variables that gdb keeps", () => {
  check(log`
    x/16ga $sp
    ^ keyword.other.command
     ^^^^^ storage.modifier.format
           ^^^ variable.other.convenience
    p/x ((pthread_mutex_t *)0x7f29)->__data.__owner
    ^ keyword.other.command
     ^^ storage.modifier.format
                          ^ keyword.operator
                            ^^^^^^ constant.numeric.hex
                                   ^^ keyword.operator
    set $i = $1 + $$2
    ^^^ keyword.other.command
        ^^ variable.other.convenience
           ^ keyword.operator
             ^^ variable.other.history
                ^ keyword.operator
                  ^^^ variable.other.history
    printf "%d %s\n", $i, $arg0
    ^^^^^^ keyword.other.command
           ^ string.quoted.double
            ^^ constant.other.placeholder
              ^ string.quoted.double
               ^^ constant.other.placeholder
                 ^^ constant.character.escape
                   ^ string.quoted.double
                      ^^ variable.other.convenience
                          ^^^^^ variable.parameter
    echo --- who \n
    ^^^^ keyword.other.command
        ^^^^^^^^^ string.unquoted.text
                 ^^ constant.character.escape
    handle SIGPIPE nostop pass
    ^^^^^^ keyword.other.command
           ^^^^^^^ constant.other.signal
                   ^^^^^^ constant.language.setting
                          ^^^^ constant.language.setting
  `);
});

test("what leaves gdb for the shell is told apart", () => {
  check(log`
    shell ps -o pid
    ^^^^^ keyword.other.command
         ^^^^^^^^^^ string.unquoted.shell
    !ls
    ^ keyword.other.command
     ^^ string.unquoted.shell
    pipe bt | grep main
    ^^^^ keyword.other.command
        ^^^^^^^^^^^^^^^ string.unquoted.shell
  `);
});

test("blocks show how they begin and end", () => {
  check(log`
    define requests
    ^^^^^^ keyword.control.block
           ^^^^^^^^ entity.name.function
      if $argc == 0
      ^^ keyword.control
         ^^^^^ variable.parameter
               ^^ keyword.operator
                  ^ constant.numeric.decimal
        detach
        ^^^^^^ keyword.other.command
      else
      ^^^^ keyword.control
        zbacktrace
        ^^^^^^^^^^ keyword.other.command
      end
      ^^^ keyword.control
    end
    ^^^ keyword.control
  `);
});

test("help texts and Python are no commands, and their end closes them whatever they hold", () => {
  check(log`
    document requests
    ^^^^^^^^ keyword.control.block
             ^^^^^^^^ entity.name.function
    if asked, print to the end
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.block.documentation
    end
    ^^^ keyword.control
    python
    ^^^^^^ keyword.control.block
    print(f("""not closed
    end
    ^^^ keyword.control
    bt
    ^^ keyword.other.command
  `);
});

const script = contributes.languages[1];

test("command files are known by their names, and by the program that their first line asks for", () => {
  expect(script.id).toBe("gdb-script");
  expect([...script.extensions, ...script.filenames]).toEqual([
    ".gdb",
    ".gdbinit",
    "gdb.run",
    "gdbinit",
    ".gdbearlyinit",
  ]);
  const isScript = (line: string) => new RegExp(script.firstLine).test(line);
  expect(isScript("#!/usr/bin/gdb -x")).toBe(true);
  expect(isScript("#!/usr/bin/env -S gdb -x")).toBe(true);
  // A ticket can begin with the commands that were typed, and stays a text.
  expect(isScript("set pagination off")).toBe(false);
  expect(isScript("#0  main () at gdb.c:3")).toBe(false);
});

test("blocks fold and indent where no server runs", () => {
  const { folding, comments } = JSON.parse(projectFile(script.configuration));
  const starts = new RegExp(folding.markers.start);
  const ends = new RegExp(folding.markers.end);
  for (const line of ["define a", "  if $x", "while 1", "document a", "python", "commands"])
    expect(starts.test(line)).toBe(true);
  for (const line of ["python print(1)", "info threads", "iffy 1"])
    expect(starts.test(line)).toBe(false);
  expect(ends.test("  end")).toBe(true);
  expect(ends.test("endless")).toBe(false);
  expect(comments.lineComment).toBe("#");
});

test.each(["(", '"', "\\", "'", "$", "-a ", "a ", "thread apply all ", "with a -- ", " ", "0x"])(
  "a line of the longest length full of `%s` is coloured to its end, and the next like any other",
  (unit) => {
    for (const start of ["", "p ", "set ", "thread apply ", "with "]) {
      const line = `${start}${unit.repeat(20_000)}`.slice(0, 20_000);
      const [long, next] = colourScript(`${line}\nbt 3`);
      expect(long?.pieces.map((piece) => piece.text).join("")).toBe(line);
      expect(next && textOf(next, "keyword.other.command")).toBe("bt");
    }
  },
);
