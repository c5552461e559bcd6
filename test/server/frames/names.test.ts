import { expect, test } from "vitest";
import { plainName } from "../../../server/src/frames/names";

/** Each line: a name as gdb prints it, an arrow, the name to look up. */
function check(table: string): void {
  const rows = table.trim().split("\n");
  const seen = rows.map((row) => {
    const printed = row.slice(0, row.lastIndexOf(" -> ")).trim();
    return `${printed} -> ${plainName(printed)}`;
  });
  expect(seen).toEqual(rows.map((row) => row.trim().replace(/ +-> /, " -> ")));
}

test("symbol versions and call stubs are left out", () => {
  check(`
    pthread_cond_wait@@GLIBC_2.3.2      -> pthread_cond_wait
    memcpy@GLIBC_2.2.5                  -> memcpy
    malloc@plt                          -> malloc
    __GI_raise                          -> raise
    __GI___libc_malloc                  -> __libc_malloc`);
});

test("copies that the compiler made are the same function", () => {
  check(`
    render.isra.0                       -> render
    render.constprop.12.isra.3          -> render
    render.part.1.cold                  -> render
    render.lto_priv.0 [clone .cold]     -> render
    render(int) [clone .isra.4]         -> render
    runtime.goexit.abi0                 -> runtime.goexit
    ResizeImage._omp_fn.0               -> ResizeImage._omp_fn.0
    .cold                               -> .cold`);
});

test("copies of a string routine for a processor are the same function", () => {
  check(`
    __memcpy_avx_unaligned_erms         -> memcpy
    __memmove_avx512_unaligned_erms     -> memmove
    __memcpy_ssse3_back                 -> memcpy
    __strlen_sse2_pminub                -> strlen
    __strcmp_sse4_2                     -> strcmp
    __strcasecmp_l_avx                  -> strcasecmp_l
    __memcpy_chk_sse2_unaligned         -> __memcpy_chk
    __strtol_internal                   -> __strtol_internal`);
});

test("C++ names lose template arguments, parameters and return types", () => {
  check(`
    std::vector<int, std::allocator<int> >::at                        -> std::vector::at
    void std::sort<int*, main()::{lambda(int)#1}>(int*, int*)         -> std::sort
    std::__cxx11::basic_string<char>::_M_create(unsigned long&)       -> std::basic_string::_M_create
    std::__1::vector<int>::push_back                                  -> std::vector::push_back
    shop::total[abi:cxx11](int)                                       -> shop::total
    (anonymous namespace)::decrypt(char const*)                       -> decrypt
    shop::(anonymous namespace)::Till::open() const                   -> shop::Till::open
    serve(int)::{lambda(int)#1}::operator()(int) const                -> serve::operator()
    std::thread::~thread                                              -> std::thread::~thread`);
});

test("C++ operators keep their brackets", () => {
  check(`
    operator new(unsigned long)                                       -> operator new
    operator delete[](void*)                                          -> operator delete[]
    shop::Cart::operator[](unsigned long) const                       -> shop::Cart::operator[]
    shop::Cart::operator->()                                          -> shop::Cart::operator->
    shop::Cart::operator bool() const                                 -> shop::Cart::operator bool
    std::operator<< <std::char_traits<char> >(std::ostream&)          -> std::operator<<`);
});

test("Rust names lose closures, generic arguments and hashes", () => {
  check(`
    core::ptr::drop_in_place<alloc::boxed::Box<dyn core::ops::function::Fn<()>+Output = ()>> -> core::ptr::drop_in_place
    <alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop             -> alloc::vec::Vec::drop
    shop::walk::{{closure}}::h0123456789abcdef                        -> shop::walk
    shop::{impl#0}::visit<u8>                                         -> shop::visit
    core::ops::function::FnOnce::call_once{{vtable.shim}}             -> core::ops::function::FnOnce::call_once`);
});

test("Go names and gdb's own words stay as they are", () => {
  check(`
    runtime.(*mcache).refill                                          -> runtime.(*mcache).refill
    main.main.func1                                                   -> main.main.func1
    <signal handler called>                                           -> <signal handler called>
    ??                                                                -> ??`);
});

test("a name that is nothing but brackets is left as it is", () => {
  check(`
    <<<<                                                              -> <<<<
    ()                                                                -> ()`);
});

test.each([
  ["__memcpy" + "_avx2".repeat(20_000) + "!", /!$/],
  ["render" + ".cold".repeat(20_000), /^render$/],
  ["std::vector" + "<".repeat(100_000), /^std::vector$/],
  ["operator ".repeat(11_000), /operator/],
  ["a::".repeat(33_000) + "(", /a$/],
])("a name of 100,000 characters is worked through (case %#)", (name, plain) => {
  expect(plainName(name)).toMatch(plain);
});
