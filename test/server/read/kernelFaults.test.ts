import { describe, expect, test } from "vitest";
import { joinKernelLines } from "../../../server/src/read/rejoin/kernel";
import { fieldsOf, fixture, readKernel, textOf } from "./kernelRecords";

/** What is said of each fault in the text. */
const faults = (text: string, names: string) => fieldsOf(readKernel(text), names);

const line = (message: string) => `[ 4969.643414] ${message}\n`;

describe("a program's segfault", () => {
  test("is one record even where a viewer broke the line in three", () => {
    const reading = readKernel(
      "kernel: [4838261.071917] haproxy[610]: segfault\n" +
        "at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4\n" +
        "in ld-musl-x86_64.so.1[7fdb03fe2000+87000]\n" +
        "Nothing else was logged.\n",
    );
    expect(fieldsOf(reading, "process pid address ip sp error object base size offset")).toBe(
      "segfault process=haproxy pid=610 address=0x7fdb0426e000 ip=0x7fdb0403305b " +
        "sp=0x7ffee5ff8988 error=4 object=ld-musl-x86_64.so.1 base=0x7fdb03fe2000 size=0x87000 " +
        "offset=0x5105b",
    );
    expect(textOf(reading, 0)).toContain("[7fdb03fe2000+87000]");
    expect(textOf(reading, 0)).not.toContain("Nothing else");
  });

  test("tells that memory was read at a page's start, outside of the object", () => {
    const text = line(
      "haproxy[610]: segfault at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4 " +
        "in ld-musl-x86_64.so.1[7fdb03fe2000+87000]",
    );
    expect(faults(text, "access mode present insideObject pageAligned nearNull jump")).toBe(
      "segfault access=read mode=user present=false insideObject=false pageAligned=true " +
        "nearNull=false jump=false",
    );
  });

  test.each([
    ["0", "read kernel false -"],
    ["2", "write kernel false WRITE"],
    ["4", "read user false USER"],
    ["5", "read user true PROT USER"],
    ["6", "write user false WRITE USER"],
    ["7", "write user true PROT WRITE USER"],
    ["14", "fetch user false USER INSTR"],
    ["15", "fetch user true PROT USER INSTR"],
    ["c", "read user false USER RSVD"],
    ["25", "read user true PROT USER PK"],
    ["47", "write user true PROT WRITE USER SHSTK"],
    ["8007", "write user true PROT WRITE USER SGX"],
    ["80000007", "write user true PROT WRITE USER RMP"],
  ])("with error %s says %s", (error, expected) => {
    const { fields } = readKernel(line(`a[1]: segfault at 18 ip 0 sp 0 error ${error}`))
      .records[0]!;
    const said = [fields.access, fields.mode, fields.present, fields.errorBits || "-"];
    expect(said.join(" ")).toBe(expected);
  });

  test("at a small address points to a null pointer, at its own instruction to a bad jump", () => {
    const text =
      line("a[1]: segfault at 18 ip 55d0c0a4b1c3 sp 7ffd8a1e2f40 error 6") +
      line("b[2]: segfault at 4141 ip 4141 sp 7ffd8a1e2f40 error 14");
    expect(faults(text, "address nearNull jump")).toBe(
      "segfault address=0x18 nearNull=true jump=false\n" +
        "segfault address=0x4141 nearNull=false jump=true",
    );
  });

  test("just at the stack pointer points to a stack that ran out", () => {
    const text = line(
      "kc_stack_out[26901]: segfault at 7fff71e6af3c ip 0000559e2af942c3 sp 00007fff71e6af30 error 6",
    );
    expect(faults(text, "nearStack")).toBe("segfault nearStack=true");
  });

  test("keeps a name with brackets and blanks: the last number is the thread's", () => {
    expect(faults(line("[celery] w [3][77]: segfault at 0 ip 0 sp 0 error 4"), "process pid")).toBe(
      "segfault process=[celery] w [3] pid=77",
    );
  });

  test("of a kernel before 2.6.27 is read with its old register names", () => {
    const text =
      "kernel: worker[4711]: segfault at 0000000000000018 rip 00000000004011c3 rsp 00007fff8a1e2f40 error 4\n";
    expect(faults(text, "address ip sp error")).toBe(
      "segfault address=0x18 ip=0x4011c3 sp=0x7fff8a1e2f40 error=4",
    );
  });

  test("has the bytes at the instruction and spans their line", () => {
    const reading = readKernel(fixture("dmesg-T.txt"));
    expect(reading.records[0]?.fields.code).toMatch(/^2e 00 .* <8b> 00 5d .* c7 00$/);
    expect(textOf(reading, 0).split("\n")).toHaveLength(2);
  });

  test("whose line breaks off is reported with what is there, and as a problem", () => {
    const reading = readKernel(line("worker[4711]: segfault at 18 ip 000055d0"));
    expect(fieldsOf(reading, "address ip error")).toBe("segfault address=0x18 ip=0x55d0 error=-");
    expect(reading.problems.map((problem) => problem.code)).toEqual(["truncated-record"]);
  });

  test("with more digits than 64 bits have is a problem, not a wrong number", () => {
    const reading = readKernel(line(`a[1]: segfault at ${"f".repeat(20)} ip 0 sp 0 error 4`));
    expect(fieldsOf(reading, "address")).toBe("segfault address=-");
    expect(reading.problems.map((problem) => problem.code)).toEqual(["number-too-large"]);
  });

  test("told of in prose is none", () => {
    expect(readKernel("We saw haproxy: segfault at startup, twice.\n").records).toEqual([]);
  });
});

describe("lines that a mailer or a log viewer broke", () => {
  test("right behind the thread, or inside the place, are one fault", () => {
    const text =
      "[    1.000000] haproxy[610]:\n  segfault at 18 ip 55d0 sp 7ffd error 4 in libc.so.6[7f00+10]\n  likely on CPU 1 (core 1,\n  socket 0)\n";
    expect(faults(text, "process address object cpu socket")).toBe(
      "segfault process=haproxy address=0x18 object=libc.so.6 cpu=1 socket=0",
    );
  });

  test("keep all bytes of the code", () => {
    const text =
      "[    1.000000] a[1]: segfault at 18 ip 0 sp 0 error 4\n[    1.000001] Code: 48 89 e5 48 c7 45 f8 00\n00 00 00 48 8b 45 f8 <8b>\n00 5d c3\n";
    expect(readKernel(text).records[0]?.fields.code).toBe(
      "48 89 e5 48 c7 45 f8 00 00 00 00 48 8b 45 f8 <8b> 00 5d c3",
    );
  });

  test("lead back to the lines as they stand", () => {
    const text = "kernel: [48.071917] haproxy[610]: segfault\nat 18 ip 0 sp 0\nerror 4\n";
    const { text: joined, mapping } = joinKernelLines(text);
    const from = joined.indexOf("segfault");
    const place = mapping?.toOriginal({ from, to: joined.indexOf("error 4") + 7 });
    expect(text.slice(place?.from, place?.to)).toBe("segfault\nat 18 ip 0 sp 0\nerror 4");
  });

  test("that are whole stay as they are", () => {
    const text = line("a[1]: segfault at 18 ip 0 sp 0 error 4") + line("Code: 48 89 e5");
    expect(joinKernelLines(text)).toEqual({ text, mapping: null });
  });
});

describe("a program's trap", () => {
  test.each([
    ["traps: w[7] trap divide error ip:55d0 sp:7ffd error:0 in w[429b,55d0+9000]", "SIGFPE"],
    ["traps: w[7] trap invalid opcode ip:55d0 sp:7ffd error:0", "SIGILL"],
    ["traps: w[7] trap int3 ip:55d0 sp:7ffd error:0", "SIGTRAP"],
    ["w[7] trap stack segment ip:55d0 sp:7ffd error:0", "SIGBUS"],
    ["w[7] general protection rip:55d0 rsp:7ffd error:0", "SIGSEGV"],
    ["traps: w[7] general protection fault ip:55d0 sp:7ffd error:0", "SIGSEGV"],
  ])("%s ends it with %s", (message, signal) => {
    expect(faults(line(message), "process pid ip sp signal")).toMatch(
      `process=w pid=7 ip=0x55d0 sp=0x7ffd signal=${signal}`,
    );
  });
});

describe("faults on other processors", () => {
  test.each([
    [
      "w[7]: unhandled exception: DABT (lower EL), ESR 0x0000000092000006, level 2 translation fault in w[41c3,aaaad0a47000+9000]",
      "segfault process=w pid=7 address=- object=w signal=SIGSEGV",
    ],
    [
      "w[7]: unhandled level 2 translation fault (11) at 0x00000018, esr 0x92000006",
      "segfault process=w pid=7 address=0x18 object=- signal=SIGSEGV",
    ],
    [
      "w: unhandled page fault (11) at 0x00000018, code 0x017",
      "segfault process=w pid=- address=0x18 object=- signal=SIGSEGV",
    ],
    [
      "w[7]: segfault (11) at 18 nip 10000b7c lr 10000b90 code 1 in w[10000000+10000]",
      "segfault process=w pid=7 address=0x18 object=w signal=SIGSEGV",
    ],
    [
      "w[7]: unhandled signal 11 code 0x1 at 0x0000000000000018 in w[2aaaa0000+1000]",
      "segfault process=w pid=7 address=0x18 object=w signal=SIGSEGV",
    ],
    [
      "do_page_fault(): sending SIGSEGV to w for invalid read access from 00000018",
      "segfault process=w pid=- address=0x18 object=- signal=SIGSEGV",
    ],
    [
      "User process fault: interruption code 003b ilc:2 in w[1000000+3000]",
      "segfault process=- pid=- address=- object=w signal=-",
    ],
  ])("%s", (message, expected) => {
    expect(faults(line(message), "process pid address object signal")).toBe(expected);
  });
});

describe("the faults of a real machine", () => {
  test("are all there, with the messages that the kernel dropped", () => {
    const { records } = readKernel(fixture("dmesg-segfaults.txt"));
    const counts = new Map<string, number>();
    for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const log = fixture("dmesg-segfaults.txt");
    const count = (phrase: string) => log.split(phrase).length - 1;
    expect(Object.fromEntries(counts)).toEqual({
      segfault: count(": segfault at "),
      trap: count("] trap "),
      "general-protection": count("] general protection "),
      "messages-suppressed": count("callbacks suppressed"),
    });
  });

  test.each([
    ["dmesg-T.txt", "2026-11-20T21:29:54", undefined, null],
    ["dmesg-iso.txt", "2026-11-20T21:29:54.643414+00:00", undefined, null],
    ["dmesg-r-raw.txt", null, 4969.643414, "info"],
    ["dmesg-x-decode.txt", null, 4969.643414, "info"],
    ["dmesg-d-delta.txt", null, 4969.643414, null],
    ["dmesg-reltime.txt", null, undefined, null],
    ["dev-kmsg.txt", null, 4969.643414, "info"],
  ])("are the same in %s", (name, time, uptime, severity) => {
    const reading = readKernel(fixture(name));
    const [first] = reading.records;
    expect(first?.fields.process).toBe("kc_null_read");
    expect([first?.time, first?.fields.uptime, first?.severity]).toEqual([time, uptime, severity]);
    expect(reading.sections.map((section) => section.kind)).toEqual(["kernel-log"]);
  });
});
