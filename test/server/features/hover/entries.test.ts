import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hover } from "../../../../server/src/features/hover/hover";
import { read } from "../../../../server/src/read/read";
import { log } from "../../fixture";
import { cardAt, cardOver } from "./card";
import { markup } from "./literal";

const fixture = (path: string): string => readFileSync(`test/fixtures/${path}`, "utf8");

test("an entry of Apache tells what happened and where the code behind AH comes from", () => {
  const text = log`
    [Thu Mar 02 11:04:37.118 2017] [mpm_prefork:notice] [pid 28454] AH00171: Graceful restart requested, doing <|>restart
  `;
  expect(cardAt(text)).toMatchInlineSnapshot(`
    "[[Thu Mar 02 11:04:37.118 2017] [mpm_prefork:notice] [pid 28454] AH00171: Graceful restart requested, doing restart]
    **\`graceful-restart\`** · 2017-03-02 11:04:37.118
    The parent got SIGUSR1 (a reload, mostly by log rotation): it reads the configuration again and unloads and loads all modules in the same process, while old children finish their requests.
    AH00171: the prefork MPM, server/mpm/prefork/prefork.c, notice
    Written by \`prefork_run\`."
  `);
});

test("a crashed child of Apache names its signal", () => {
  const text = log`
    [Fri Nov 20 21:40:01.100000 2026] [core:notice] [pid 28619] AH00052: child pid 28622 exit <|>signal Segmentation fault (11)
  `;
  expect(cardAt(text)).toMatchInlineSnapshot(`
    "[[Fri Nov 20 21:40:01.100000 2026] [core:notice] [pid 28619] AH00052: child pid 28622 exit signal Segmentation fault (11)]
    **\`child-exit-signal\`** · a crash · 2026-11-20 21:40:01.100000
    A child process was killed by a signal. Signal 11 (SIGSEGV), 7 (SIGBUS) and 6 (SIGABRT) are crashes in the server, a module or a library; the requests it served were lost.
    **SIGSEGV** (11): The program read or wrote memory that it may not use: mostly through a null, freed or overwritten pointer.
    AH00052: the core, server/mpm_unix.c, notice
    Written by \`ap_process_child_status\`."
  `);
});

test("an entry of an unknown kind still tells where its code comes from", () => {
  const line = (code: string) =>
    `[Fri Nov 20 21:40:01.100000 2026] [mpm_event:debug] [pid 28619:tid 3] ${code}: some<|>thing\n`;
  expect(cardAt(line("AH02471"))).toMatchInlineSnapshot(`
    "[[Fri Nov 20 21:40:01.100000 2026] [mpm_event:debug] [pid 28619:tid 3] AH02471: something]
    **Log entry** · 2026-11-20 21:40:01.100000
    AH02471: the event MPM, server/mpm/event/event.c, debug
    Written by \`start_threads\`, from 2.4.7."
  `);
  expect(cardAt(line("AH99999"))).toMatchInlineSnapshot(`
    "[[Fri Nov 20 21:40:01.100000 2026] [mpm_event:debug] [pid 28619:tid 3] AH99999: something]
    **Log entry** · 2026-11-20 21:40:01.100000
    This server runs the \`event\` MPM."
  `);
});

test("an entry of which nothing is known has no card", () => {
  const line = "[Fri Nov 20 21:40:01.100000 2026] [core:info] [pid 28619] no kind<|> and no code\n";
  expect(cardAt(line)).toBe("-");
});

test("an entry of lighttpd names the releases that have such a line, and what all entries together leave of them", () => {
  const text = fixture("lighttpd/joined-1.4.13-to-1.4.18.log");
  expect(cardOver(text, "unexpected end-of-file")).toMatchInlineSnapshot(`
    "[2008-01-09 11:44:38: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:7012]
    **\`backend-eof\`** · a failure · 2008-01-09 11:44:38
    The backend closed the connection before its answer was complete: mostly its process died. With pid 0 the process is not lighttpd's own, so lighttpd cannot tell how it ended nor start it again.
    \`mod_fastcgi.c:2462\` writes to the log in lighttpd 1.3.14, 1.3.15 or 1.4.18.
    With the entries around it: lighttpd 1.4.18."
  `);
});

test("a line that no release of lighttpd has speaks of another build", () => {
  const text =
    "2008-01-09 11:05:13: (mod_fastcgi.c.99999) fcgi-server <|>re-enabled: tcp:127.0.0.1:7000\n";
  expect(cardAt(text)).toMatchInlineSnapshot(`
    "[2008-01-09 11:05:13: (mod_fastcgi.c.99999) fcgi-server re-enabled: tcp:127.0.0.1:7000]
    **\`backend-re-enabled\`** · 2008-01-09 11:05:13
    The pause after a failure is over and the backend gets requests again. A timer says so; it is no proof that the backend works.
    No known release of lighttpd logs from \`mod_fastcgi.c:99999\`: a patched or self-made build."
  `);
});

const dmesg = fixture("kernel/dmesg-segfaults.txt");

test("a read through a null pointer is taken apart: bits, address, instruction", () => {
  expect(cardOver(dmesg, "kc_null_read[26698]: segfault at 0")).toMatchInlineSnapshot(`
    "[[ 4969.643414] kc_null_read[26698]: segfault at 0 ip 000055ebdc21a1b9 sp 00007ffe98bd6790 error 4 in kc_null_read[11b9,55ebdc21a000+1000] likely on CPU 0 (core 0, socket 0)]
    **\`segfault\`** · a crash · \`kc_null_read\`
    A program used memory that it may not use, and does not handle that itself: it is killed. The error code tells how, and the instruction's place in the object leads to the source line.
    Error \`4\`: No page was mapped there. The access was a read. The program made the access.
    Address \`0x0\`: The null pointer.
    Instruction \`0x55ebdc21a1b9\`: in \`kc_null_read\`, \`0x1b9\` behind \`0x55ebdc21a000\`, where this part is mapped.
    In the file that is at \`0x11b9\`. With debug symbols this mostly finds the source line: \`addr2line -fie kc_null_read 0x11b9\`"
  `);
});

test("a write to a page that may only be read says so", () => {
  expect(cardOver(dmesg, "kc_const_write[26769]")).toMatchInlineSnapshot(`
    "[[ 4970.058331] kc_const_write[26769]: segfault at 564741104004 ip 00005647411031ed sp 00007ffc31c8e930 error 7 in kc_const_write[11ed,564741103000+1000] likely on CPU 0 (core 0, socket 0)]
    **\`segfault\`** · a crash · \`kc_const_write\`
    A program used memory that it may not use, and does not handle that itself: it is killed. The error code tells how, and the instruction's place in the object leads to the source line.
    Error \`7\`: A page was mapped there, but did not allow the access. The access was a write. The program made the access.
    Address \`0x564741104004\`: Looks like the program itself or its heap on 64-bit Linux.
    Instruction \`0x5647411031ed\`: in \`kc_const_write\`, \`0x1ed\` behind \`0x564741103000\`, where this part is mapped.
    In the file that is at \`0x11ed\`. With debug symbols this mostly finds the source line: \`addr2line -fie kc_const_write 0x11ed\`"
  `);
});

test("a jump into data and a jump to nowhere are told from a bad read", () => {
  expect(cardOver(dmesg, "kc_jump_data[26785]")).toMatchInlineSnapshot(`
    "[[ 4970.889692] kc_jump_data[26785]: segfault at 55c67f4df050 ip 000055c67f4df050 sp 00007ffd84eb2b98 error 15 in kc_jump_data[3050,55c67f4df000+1000] likely on CPU 0 (core 0, socket 0)]
    **\`segfault\`** · a crash · \`kc_jump_data\`
    A program used memory that it may not use, and does not handle that itself: it is killed. The error code tells how, and the instruction's place in the object leads to the source line.
    Error \`15\`: A page was mapped there, but did not allow the access. The program made the access. The processor was fetching an instruction: the program jumped to a bad address or into data.
    Address \`0x55c67f4df050\`: Looks like the program itself or its heap on 64-bit Linux. The program jumped there: the instruction itself is at this address. It lies inside the object that the instruction belongs to.
    Instruction \`0x55c67f4df050\`: in \`kc_jump_data\`, \`0x50\` behind \`0x55c67f4df000\`, where this part is mapped.
    In the file that is at \`0x3050\`. With debug symbols this mostly finds the source line: \`addr2line -fie kc_jump_data 0x3050\`"
  `);
  expect(cardOver(dmesg, "kc_jump_null[26781]")).toMatchInlineSnapshot(`
    "[[ 4970.681582] kc_jump_null[26781]: segfault at 0 ip 0000000000000000 sp 00007ffc9329cc58 error 14 likely on CPU 1 (core 1, socket 0)]
    **\`segfault\`** · a crash · \`kc_jump_null\`
    A program used memory that it may not use, and does not handle that itself: it is killed. The error code tells how, and the instruction's place in the object leads to the source line.
    Error \`14\`: No page was mapped there. The program made the access. The processor was fetching an instruction: the program jumped to a bad address or into data.
    Address \`0x0\`: The null pointer. The program jumped there: the instruction itself is at this address.
    Instruction \`0x0\`: in no mapped object."
  `);
});

test("a trap has a meaning and a signal, but no bits of a page fault", () => {
  expect(cardOver(dmesg, "kc_div_zero[26793]")).toMatchInlineSnapshot(`
    "[[ 4971.306520] traps: kc_div_zero[26793] trap divide error ip:561feeba229b sp:7ffdd4ad9740 error:0 in kc_div_zero[129b,561feeba2000+1000]]
    **\`trap\`** · a crash · \`kc_div_zero\`
    An instruction of a program failed, and the program does not handle that itself: it is killed.
    **SIGFPE** (8): An arithmetic error: mostly an integer division by zero.
    **divide error**: An integer was divided by zero, or the quotient did not fit.
    Instruction \`0x561feeba229b\`: in \`kc_div_zero\`, \`0x29b\` behind \`0x561feeba2000\`, where this part is mapped.
    In the file that is at \`0x129b\`. With debug symbols this mostly finds the source line: \`addr2line -fie kc_div_zero 0x129b\`"
  `);
});

test("the out-of-memory killer's report names who asked, who was killed and the kernel", () => {
  expect(
    cardOver(fixture("kernel/dmesg-oom-memcg.txt"), "invoked oom-killer"),
  ).toMatchInlineSnapshot(`
    "[[ 5040.237252] kc_memhog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0]
    **\`oom-kill\`** · a crash · \`kc_memhog\`
    Memory ran out, for the whole machine or for one control group, and the kernel killed a process to free some. The process that asked need not be the one that was killed.
    Killed: \`kc_memhog\` (process 27100)
    Memory was asked for in: \`do_anonymous_page\`
    kernel \`6.18.44-fc-v669\`
    The kernel was not tainted."
  `);
});

const oops = log`
  [  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
  [  912.100002] #PF: supervisor write access in kernel mode
  [  912.100003] #PF: error_code(0x0002) - not-present page
  [  912.100004] Oops: 0002 [#1] SMP NOPTI
  [  912.100005] CPU: 3 PID: 912 Comm: kworker/3:1 Tainted: G        W  O       6.14.0-demo #1
  [  912.100006] RIP: 0010:demo_probe+0x1c/0x40 [demo]
  [  912.100007] Call Trace:
  [  912.100008]  <TASK>
  [  912.100009]  process_one_work+0x1f0/0x3c0
  [  912.100010]  worker_thread+0x50/0x3b0
  [  912.100011]  </TASK>
  [  912.100012] ---[ end trace 0000000000000000 ]---
`;

test("an oops of the kernel has the frame at fault, the error bits and the letters of its taint", () => {
  expect(cardOver(oops, "NULL pointer dereference")).toMatchInlineSnapshot(`
    "[[  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018]
    **\`null-pointer-dereference\`** · a crash · \`kworker/3:1\`
    The kernel used a null pointer: the address is the offset of the member it wanted.
    Error \`2\`: No page was mapped there. The access was a write. The kernel itself made the access.
    Address \`0x18\`: Close to null: a member at this offset of a structure behind a null pointer.
    Most likely at fault: \`demo_probe\`
    kernel \`6.14.0-demo\`
    Taint:
    - **G** GPL: Every loaded module has a licence that is compatible with the GPL.
    - **W** WARN: A WARNING was printed before.
    - **O** OOT_MODULE: A module that was built outside the kernel's tree was loaded."
  `);
});

test("an object's name that is no plain file name is never put into a command", () => {
  const line =
    "[ 4969.6] x[26]: segfault at 0 ip 55eb01a1b9 sp 7ffe98 error 4 in a;reboot[11b9,55eb01a000+1000]";
  const shown = cardOver(`${line.replace("4969.6", "4969.643414")}\n`, "segfault");
  expect(shown).toContain("a;reboot");
  expect(shown).not.toContain("addr2line");
});

test("no text of a log becomes a link, an image, HTML or an icon in a card of its entries", () => {
  const nasty =
    "[x](command:evil)![i](https://evil.example/p.png)<img src=x>`$(bug)`|~~a@evil.example~~";
  const text = [
    `[Fri Nov 20 21:40:01.100000 2026] [core:error] [pid 1] AH00052: child pid 2 exit signal ${nasty} (11)`,
    `2008-01-09 11:05:13: (mod_fastcgi.c.2635) fcgi-server re-enabled: tcp:${nasty}`,
    `[ 4969.643414] ${nasty.slice(0, 30)}[26]: segfault at 0 ip 0 sp 0 error 4 in ${nasty}[11b9,55eb01a000+1000]`,
    "[ 4970.643414] BUG: kernel NULL pointer dereference, address: 0000000000000018",
    `[ 4970.643415] CPU: 3 PID: 912 Comm: ${nasty.slice(0, 40)} Tainted: G        W  O       6.14.0-\`<b>\` #1`,
    `[ 4970.643416] Hardware name: ${nasty}`,
  ].join("\n");
  const reading = read(text);
  const cards = reading.records.map(({ span }) => hover(reading, span.from + 20)?.markdown ?? "");
  expect(cards.filter((card) => card !== "")).toHaveLength(4);
  for (const card of cards)
    expect(markup(card)).not.toMatch(/[[\]<>`|~\\]|!\(|\$\(|https?:|www\.|\w@\w/);
});
