import fc from "fast-check";

/** A frame as a generator made it, and as the reader must find it again. */
export interface MadeFrame {
  readonly address: string;
  readonly function: string;
  readonly arguments: readonly { readonly name: string; readonly value: string }[];
  readonly file: string | null;
  readonly line: number | null;
  readonly library: string | null;
}

const FUNCTIONS = [
  "main",
  "ap_run_process_connection",
  "__pthread_mutex_lock_full",
  "operator new",
  "operator<<",
  "operator()",
  "Derived::~Derived",
  "(anonymous namespace)::decrypt_xlsx",
  "std::function<void (int)>::operator()(int) const",
  "std::vector<int, std::allocator<int> >::_M_realloc_insert",
  "Widget::operator bool",
  "shop::Session::name[abi:cxx11]",
  "ns::{lambda(int)#1}::operator()(int) const",
  "std::for_each<It, shop::run(const std::vector<int>&)::<lambda(int)> >",
  "core::slice::index::{impl#2}::index<alloc::string::String>",
  "<alloc::vec::Vec<T> as core::ops::Drop>::drop",
  "main.(*Store).Length",
  "grid::average",
  "malloc_consolidate.part.0",
];

const VALUES = [
  "0x0",
  "0x7f2981ef6088",
  "<optimized out>",
  "1290456278",
  "-9000000000",
  "113 'q'",
  "34 '\"'",
  "...",
  "Color::Green",
  "(F_A | F_C)",
  "@0x7fffffffe578: {x = 10, y = 20}",
  "std::vector of length 2, capacity 2 = {1, 2}",
  '0x55555555b040 "a C string"',
  '0x5555 "x) at evil.c:1 from /lib/x.so"',
  '0x5555 "#5 0x41 in evil () at e.c:9"',
  '"quote \\" and brace { and (gdb) bt"',
  "0x555555556973 <plus_one(int, char)>",
  "{data = {file = {device = 139816836143312, inode = 25}}, mtime = 1290456278, type = 3 '\\003'}",
];

const NAMES = ["lock", "cache", "this", "key", "identifier_len", "__args#0", "it", "x@entry"];

const PLACES = [
  { file: "src/main.c", line: 7, library: null },
  { file: "./nptl/futex-internal.c", line: 57, library: null },
  { file: "/usr/local/src/php-5.3.3/APC-3.1.4/apc_cache.c", line: 578, library: null },
  { file: null, line: null, library: "/lib64/libpthread.so.0" },
  { file: null, line: null, library: "/etc/httpd/modules/libphp5.so" },
];

const address = fc
  .integer({ min: 0x1000, max: 0x7fffffff })
  .map((low) => `0x7f29${low.toString(16)}`);

const made: fc.Arbitrary<MadeFrame> = fc
  .record({
    address,
    function: fc.constantFrom(...FUNCTIONS),
    arguments: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...NAMES), value: fc.constantFrom(...VALUES) }),
      { maxLength: 4, selector: (argument) => argument.name },
    ),
    place: fc.constantFrom(...PLACES),
  })
  .map(({ place, ...frame }) => ({ ...frame, ...place }));

export const stack: fc.Arbitrary<MadeFrame[]> = fc.array(made, { minLength: 2, maxLength: 12 });

/** The frame as gdb prints it. */
export function printFrame(frame: MadeFrame, number: number, hasAddress = true): string {
  const list = frame.arguments.map(({ name, value }) => `${name}=${value}`).join(", ");
  const start = hasAddress ? `${frame.address.padEnd(0)} in ` : "in ";
  const place = frame.file ? ` at ${frame.file}:${frame.line}` : ` from ${frame.library}`;
  return `${`#${number}`.padEnd(3)} ${start}${frame.function} (${list})${place}`;
}
