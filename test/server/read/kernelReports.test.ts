import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOf, readKernel, stackOf, textOf } from "./kernelRecords";

/** Puts the stamp of a caller before each line. */
const stamped = (text: string, stamp = "[  137.669884][ T6133] ") =>
  text
    .trim()
    .split("\n")
    .map((line) => `${stamp}${line}\n`)
    .join("");

const kinds = (text: string) => readKernel(text).records.map((record) => record.kind);

const OOPS = `
BUG: kernel NULL pointer dereference, address: 0000000000000010
#PF: supervisor write access in kernel mode
#PF: error_code(0x0002) - not-present page
PGD 0 P4D 0
Oops: 0002 [#1] PREEMPT SMP NOPTI
CPU: 3 UID: 0 PID: 912 Comm: kworker/3:1 Tainted: G        W  O       6.14.0-demo #1 PREEMPT(voluntary)
Tainted: [W]=WARN, [O]=OOT_MODULE
Hardware name: Demo Systems Model 1/Board 2, BIOS 1.2 01/02/2024
Workqueue: events demo_work_fn [demo]
RIP: 0010:demo_write+0x1c/0x60 [demo]
Code: 48 89 e5 48 c7 45 f8 00 00 00 00 48 8b 45 f8 <8b> 00 5d c3 55 48 89 e5
RSP: 0018:ffffc90000a3fd80 EFLAGS: 00010246
RAX: 0000000000000000 RBX: ffff888004a3c000 RCX: 0000000000000001
Call Trace:
 <TASK>
 ? __die_body+0x1a/0x60
 demo_work_fn+0x44/0xb0 [demo]
 process_one_work+0x17e/0x330
 worker_thread+0x2ce/0x3f0
 kthread+0xd4/0xe0
 ret_from_fork+0x31/0x50
 </TASK>
Modules linked in: demo(OE) xt_nat veth [last unloaded: demo_old(O)]
CR2: 0000000000000010
---[ end trace 0000000000000000 ]---
RIP: 0010:demo_write+0x1c/0x60 [demo]
Kernel panic - not syncing: Fatal exception`;

describe("an oops", () => {
  const reading = readKernel(
    `${stamped("usb 1-1: new device")}${stamped(OOPS)}${stamped("eth0: link up")}`,
  );

  test("is one record from its headline to the panic that it ends in", () => {
    expect(reading.records.map((record) => record.kind)).toEqual(["null-pointer-dereference"]);
    const text = textOf(reading, 0);
    expect(text).toMatch(/^\[ +137.669884\]\[ T6133\] BUG: kernel NULL/);
    expect(text).toMatch(/Kernel panic - not syncing: Fatal exception$/);
  });

  test("says who, where, on which kernel and with which modules", () => {
    expect(
      fieldsOf(
        reading,
        "title process pid cpu kernel taint workqueue address access mode oops panic",
      ),
    ).toBe(
      "null-pointer-dereference title=BUG: kernel NULL pointer dereference, address: 0000000000000010 " +
        "process=kworker/3:1 pid=912 cpu=3 kernel=6.14.0-demo taint=GWO " +
        "workqueue=events demo_work_fn [demo] address=0x10 access=write mode=kernel oops=1 " +
        "panic=Fatal exception",
    );
    expect(reading.records[0]?.fields.modules).toBe("demo(OE) xt_nat veth");
  });

  test("blames the function at the instruction pointer, once", () => {
    expect(stackOf(reading.records[0])).toBe(
      "[demo_write] demo_work_fn process_one_work worker_thread kthread ret_from_fork",
    );
  });

  test("has frames with offset, module and place in the text", () => {
    const frame = reading.records[0]?.frames?.[0];
    expect([frame?.offset, frame?.library, frame?.number, frame?.isUncertain]).toEqual([
      0x1c,
      "demo",
      null,
      false,
    ]);
    expect(reading.text.slice(frame?.span.from, frame?.span.to)).toBe(
      "demo_write+0x1c/0x60 [demo]",
    );
  });

  test("of a task that is not tainted has no letters", () => {
    const text = stamped(`
Oops: divide error: 0000 [#1] SMP
CPU: 0 PID: 7 Comm: my app Not tainted 6.8.0-31-generic #31-Ubuntu
RIP: 0010:demo_rate+0x9/0x20`);
    expect(fieldsOf(readKernel(text), "process kernel taint")).toBe(
      "oops process=my app kernel=6.8.0-31-generic taint=",
    );
  });
});

test("an oops of a 2.6 kernel is read with its addresses and old task line", () => {
  const reading = readKernel(
    stamped(
      `
BUG: unable to handle kernel NULL pointer dereference at 0000000000000010
IP: [<ffffffffa00a1b4c>] demo_write+0x1c/0x60 [demo]
Oops: 0002 [#1] SMP
Pid: 912, comm: demo_app Tainted: P        W  ---------------    2.6.32-431.el6.x86_64 #1
RIP: 0010:[<ffffffffa00a1b4c>]  [<ffffffffa00a1b4c>] demo_write+0x1c/0x60 [demo]
Call Trace:
 [<ffffffff8108a1b4>] ? kthread+0xd4/0xe0
 [<ffffffff81190a38>] vfs_write+0xb8/0x1a0
Code: 48 89 e5 48 c7 45 f8 00
RIP  [<ffffffffa00a1b4c>] demo_write+0x1c/0x60 [demo]
 RSP <ffff8800379f5d88>
CR2: 0000000000000010`,
      "[    1.000000] ",
    ),
  );
  expect(stackOf(reading.records[0])).toBe("[demo_write] vfs_write");
  expect(fieldsOf(reading, "process pid taint kernel")).toBe(
    "null-pointer-dereference process=demo_app pid=912 taint=PW kernel=2.6.32-431.el6.x86_64",
  );
});

test("an arm64 stack that begins with the place of the fault has it once", () => {
  const text = stamped(`
Unable to handle kernel paging request at virtual address dead000000000122
Internal error: Oops: 0000000096000004 [#1] PREEMPT SMP
pc : demo_write+0x1c/0x60 [demo]
lr : vfs_write+0xc8/0x390
Call trace:
 demo_write+0x1c/0x60 [demo]
 vfs_write+0xc8/0x390`);
  const reading = readKernel(text);
  expect(stackOf(reading.records[0])).toBe("[demo_write] vfs_write");
  expect(fieldsOf(reading, "address")).toBe("page-fault address=0xdead000000000122");
});

test("an oops that was pasted without stamps ends where the prose begins", () => {
  const reading = readKernel(`Look at this:\n${OOPS}\n\n  Any ideas? It says demo_write.\n`);
  expect(stackOf(reading.records[0])).toMatch(/^\[demo_write\] demo_work_fn/);
  expect(textOf(reading, 0)).toBe(OOPS.trim());
});

describe("reports of several processors", () => {
  test("that stand one inside the other are told apart by their callers", () => {
    const first = stamped(OOPS, "[    1.000000][  T912] ").split("\n");
    const second = stamped(
      `
BUG: KASAN: slab-use-after-free in demo_read+0x5c/0x90 [demo]
Read of size 8 at addr ffff888004a3c018 by task demo_app/512
Call Trace:
 dump_stack_lvl+0x57/0x80
 print_report+0xcf/0x610
 kasan_report+0xbe/0xf0
 demo_read+0x5c/0x90 [demo]
 vfs_read+0xba/0x310
Allocated by task 512:
 kasan_save_stack+0x33/0x60
 demo_open+0x31/0x60 [demo]`,
      "[    1.000001][  T512] ",
    ).split("\n");
    const mixed = first.flatMap((line, index) => [line, second[index] ?? ""]).filter(Boolean);
    const { records } = readKernel(mixed.join("\n"));
    expect(records.map((record) => [record.kind, record.tid, stackOf(record)])).toEqual([
      [
        "null-pointer-dereference",
        "912",
        "[demo_write] demo_work_fn process_one_work worker_thread kthread ret_from_fork",
      ],
      ["kasan", "512", "dump_stack_lvl print_report kasan_report [demo_read] vfs_read"],
    ]);
  });

  test("without callers follow each other", () => {
    const text = stamped(`${OOPS}\n${OOPS.replace("[#1]", "[#2]")}`, "[    1.000000] ");
    expect(fieldsOf(readKernel(text), "oops")).toBe(
      "null-pointer-dereference oops=1\nnull-pointer-dereference oops=2",
    );
  });
});

describe("the function at fault", () => {
  test("stands below the lock that was taken on a bad object", () => {
    const text = stamped(`
BUG: KASAN: use-after-free in __lock_acquire+0x3377/0x3eb0
Call Trace:
 dump_stack+0x172/0x1f0
 kasan_report+0x12/0x20
 __lock_acquire+0x3377/0x3eb0
 lock_acquire+0x190/0x410
 _raw_spin_lock_irq+0x60/0x80
 demo_flush+0x62/0xa0`);
    expect(stackOf(readKernel(text).records[0])).toMatch(/ \[demo_flush\]$/);
  });

  test("of a stuck processor is the operation, not where the tick caught it", () => {
    const text = stamped(`
watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [demo_app:512]
RIP: 0010:demo_hash+0x20/0x50
Call Trace:
 demo_lookup+0xc1d/0x14f0
 demo_ioctl+0x71/0x140 [demo]
 __x64_sys_ioctl+0x71/0xb0
 do_syscall_64+0x1b1/0x800`);
    const reading = readKernel(text);
    expect(stackOf(reading.records[0])).toBe(
      "demo_hash demo_lookup [demo_ioctl] __x64_sys_ioctl do_syscall_64",
    );
    expect(fieldsOf(reading, "cpu seconds process pid")).toBe(
      "soft-lockup cpu=1 seconds=26 process=demo_app pid=512",
    );
  });

  test("of a stall that its own tick noticed is searched below the tick", () => {
    const text = stamped(`
rcu: INFO: rcu_preempt self-detected stall on CPU
rcu: 	3-....: (5249 ticks this GP) idle=0f2c/1/0x4000000000000000 softirq=9120/9120 fqs=2625
Call Trace:
 <IRQ>
 dump_stack+0x172/0x1f0
 rcu_sched_clock_irq+0x4dd/0xc13
 update_process_times+0x32/0x80
 __hrtimer_run_queues+0x364/0xe40
 hrtimer_interrupt+0x314/0x770
 apic_timer_interrupt+0xf/0x20
 </IRQ>
RIP: 0010:demo_spin+0x54/0x90
 demo_timer+0x12/0x40
 call_timer_fn+0x1ac/0x780`);
    expect(stackOf(readKernel(text).records[0])).toContain("demo_spin [demo_timer] call_timer_fn");
  });

  test("of a hung task is what it waits for", () => {
    const text = stamped(`
INFO: task demo_app:512 blocked for more than 122 seconds.
      Not tainted 6.14.0-demo #1
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:demo_app        state:D stack:0     pid:512   tgid:512   ppid:1      flags:0x00000002
Call Trace:
 __schedule+0x3a1/0x1400
 schedule+0x27/0xf0
 __mutex_lock+0x3c5/0x7a0
 rtnl_lock+0x15/0x20
 demo_exit+0x1c/0x60`);
    const reading = readKernel(text);
    expect(stackOf(reading.records[0])).toContain("__mutex_lock [rtnl_lock] demo_exit");
    expect(fieldsOf(reading, "process pid seconds kernel")).toBe(
      "hung-task process=demo_app pid=512 seconds=122 kernel=6.14.0-demo",
    );
  });

  test("is never one that only lay on the stack", () => {
    const text = stamped(`
kernel BUG at mm/demo.c:88!
Call Trace:
 ? demo_stale+0x14/0x90
 demo_real+0x14/0x90`);
    expect(stackOf(readKernel(text).records[0])).toBe("[demo_real]");
  });

  test("stands in the headline where the text has no stack", () => {
    const text = stamped(
      "WARNING: CPU: 1 PID: 512 at drivers/demo/core.c:210 demo_start+0x44/0xb0 [demo]",
    );
    const [record] = readKernel(text).records;
    expect(stackOf(record)).toBe("[demo_start]");
    expect(record?.source).toEqual({ file: "drivers/demo/core.c", line: 210 });
  });

  test.each([
    ["  [<ffffffff8108a1b4>] demo_write+0xd4/0xe0", "0xffffffff8108a1b4", 0xd4],
    [" <IRQ>  [<ffffffff8138d924>] demo_write+0x378/0x387", "0xffffffff8138d924", 0x378],
    [
      "[c000000003a3bd80] [c0000000005b7a9c] demo_write+0xb0/0xf4 (unreliable)",
      "0xc0000000005b7a9c",
      0xb0,
    ],
    ["[<8011344c>] (demo_write) from [<8010ef84>] (show_stack+0x18/0x1c)", "0x8011344c", null],
    [" demo_write from show_stack+0x18/0x1c", null, null],
    [" demo_write (drivers/demo/core.c:210) demo", null, null],
  ])("is read from %s", (line, address, offset) => {
    const text = stamped(`Internal error: Oops: 17 [#1] SMP\nCall trace:\n${line}`);
    const frame = readKernel(text).records[0]?.frames?.[0];
    expect([frame?.function, frame?.address, frame?.offset]).toEqual([
      "demo_write",
      address,
      offset,
    ]);
  });
});

describe("the lines before a headline", () => {
  test("belong to the report where they open it", () => {
    const reading = readKernel(
      stamped(`
------------[ cut here ]------------
refcount_t: underflow; use-after-free.
WARNING: CPU: 0 PID: 7 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110
RIP: 0010:refcount_warn_saturate+0xba/0x110
Call Trace:
 demo_put+0x1c/0x60
---[ end trace 0000000000000000 ]---`),
    );
    expect(textOf(reading, 0)).toMatch(/cut here/);
    expect(reading.records.map((record) => [record.kind, stackOf(record)])).toEqual([
      ["refcount", "refcount_warn_saturate [demo_put]"],
    ]);
    expect(reading.records[0]?.source).toEqual({ file: "lib/refcount.c", line: 28 });
  });

  test("are forgotten behind the prompt of a serial console", () => {
    const text = "web1 login: [   36.852785][ T3615] kernel BUG at mm/demo.c:88!\n";
    expect(kinds(text)).toEqual(["kernel-bug"]);
  });
});

describe("harmless lines", () => {
  test.each([
    "Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on",
    "WARNING: the mand mount option is being deprecated and",
    "XFS (loop4): WARNING: Reset corrupted AGFL on AG 0.",
    "warning: `demo' uses wireless extensions",
    "EXT4-fs (sda1): INFO: recovery required on readonly filesystem",
    "fuse: Unknown parameter 'BUG: KASAN: use-after-free in x'",
    "ACPI: bus type PCI registered",
  ])("%s is no report", (message) => {
    const reading = readKernel(stamped(message));
    expect(reading.records).toEqual([]);
    expect(reading.sections.map((section) => section.kind)).toEqual(["kernel-log"]);
  });

  test("an error that the hardware corrected is told, but is no crash", () => {
    const text = stamped(`
mce: [Hardware Error]: Machine check events logged
mce: [Hardware Error]: CPU 2: Machine Check: 0 Bank 5: be00000000800400`);
    expect(readKernel(text).records.map(({ kind, crash }) => [kind, crash])).toEqual([
      ["machine-check", false],
    ]);
  });

  test("of a clean start tell the kernel's version and no crash", () => {
    const reading = readKernel(
      stamped(`
Linux version 6.14.0-demo (build@demo) (gcc 14.2.0) #1 SMP
Command line: BOOT_IMAGE=/vmlinuz oops=panic
x86/fpu: Supporting XSAVE feature 0x001: 'x87 floating point registers'`),
    );
    expect(fieldsOf(reading, "kernel")).toBe("boot kernel=6.14.0-demo");
    expect(reading.records[0]?.crash).toBe(false);
    expect(textOf(reading, 0)).not.toContain("Command line");
  });

  test("of Apache's old error log are left to Apache", () => {
    const text = "[Fri Nov 20 21:29:54 2026] [error] [client 10.0.0.1] File does not exist: /x\n";
    expect(readKernel(text).sections).toEqual([]);
  });

  test("a day that no calendar has is a problem", () => {
    const text = "[Fri Jun 31 21:29:54 2026] kernel BUG at mm/demo.c:88!\n";
    const reading = readKernel(text);
    expect(reading.problems.map((problem) => problem.code)).toEqual(["impossible-date"]);
    expect(reading.records[0]?.time).toBe(null);
  });
});

describe("lines of other programs", () => {
  test("between those of a report are left to their own readers", () => {
    const [head, ...rest] = stamped(OOPS).split("\n");
    const reading = readKernel([head, "nginx: worker started", ...rest].join("\n"));
    expect(reading.sections).toHaveLength(2);
    expect(
      reading.sections.map(({ span }) => reading.text.slice(span.from, span.to)).join(),
    ).not.toContain("nginx");
    expect(stackOf(reading.records[0])).toMatch(/^\[demo_write\]/);
  });

  test("are the kernel's where the shipper says so", () => {
    const text = "BUG: Dentry 00000000ab12 still in use\nusb 1-1: new device\n";
    expect(readKernel(text).records).toEqual([]);
    const envelope = { time: "2026-11-20T21:29:54Z", host: "web1", unit: "kernel", pid: null };
    const [record] = readKernel(text, () => envelope).records;
    expect([record?.kind, record?.time]).toEqual(["bug", "2026-11-20T21:29:54Z"]);
  });
});

test("any mixture of kernel lines and rubbish is read, every part inside the text", () => {
  const pieces = fc.constantFrom(
    ...OOPS.trim().split("\n"),
    "[ 4969.643414][  T298] ",
    "[Fri Nov 20 21:29:54 2026] ",
    "kernel: ",
    "6,409,4969643414,-;",
    "a[1]: segfault at ",
    "] trap ",
    " invoked oom-killer: ",
    "[ pid ] uid",
    "[  512] 0",
    "+0x1/0x2",
    "[<ffffffff",
    "\n",
    "\r\n",
    "\t",
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string()), { maxLength: 60 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, (original) => {
      const reading = readKernel(original);
      const frames = reading.records.flatMap((record) => record.frames ?? []);
      for (const { span } of [...reading.sections, ...reading.records, ...frames]) {
        expect(span.from).toBeLessThanOrEqual(span.to);
        expect(span.to).toBeLessThanOrEqual(reading.text.length);
      }
    }),
    { numRuns: 500, seed: 20261121 },
  );
});
