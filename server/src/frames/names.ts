import { withoutSignature } from "./signature";

/**
 * The name by which a function is looked up: `memcpy` for `__memcpy_avx_unaligned_erms`, `raise` for
 * `__GI_raise@@GLIBC_2.2.5`, `std::vector::at` for `std::vector<int>::at(unsigned long)`.
 */
export function plainName(name: string): string {
  if (pseudoName.test(name)) return name;
  const versionless = withoutPrefix(withoutClone(withoutVersion(name)), "__GI_");
  return genericVariant(withoutRustHash(withoutSignature(versionless)));
}

/** The names to look up, best first: libc has one function under many aliases. */
export function lookupNames(name: string): string[] {
  const plain = cancellable(plainName(name));
  const aliases = aliasPrefixes.filter((prefix) => plain.startsWith(prefix));
  return [plain, ...aliases.map((prefix) => plain.slice(prefix.length))];
}

/** gdb's own words in the place of a function: `<signal handler called>`, `??`. */
const pseudoName = /^(?:<[a-z ]+>|\?\?)$/;

/** Older libraries enter system calls that need no cancellation point under a name of their own. */
const cancellable = (name: string): string =>
  name.endsWith("_nocancel") ? name.slice(0, -"_nocancel".length) : name;

/** What libc puts before the public name of its functions. */
const aliasPrefixes = ["__libc_", "__new_", "_IO_new_", "___", "__", "_IO_"];

/** Symbol versions and gdb's mark for a call by way of the procedure linkage table. */
function withoutVersion(name: string): string {
  const at = name.indexOf("@");
  return at > 0 ? name.slice(0, at).trimEnd() : name;
}

/** The parts that compilers add to a copy of a function: `.isra.0`, `.cold`, ` [clone .part.1]`. */
function withoutClone(name: string): string {
  const clone = name.indexOf(" [clone ");
  let rest = clone > 0 ? name.slice(0, clone) : name;
  for (let dot = cloneSuffix(rest); dot > 0; dot = cloneSuffix(rest)) rest = rest.slice(0, dot);
  return rest;
}

const cloneWords = new Set([
  "isra",
  "part",
  "constprop",
  "cold",
  "lto_priv",
  "llvm",
  "localalias",
  "abi0",
]);

/** Where the last such part starts, its number included, or -1. */
function cloneSuffix(name: string): number {
  let dot = name.lastIndexOf(".");
  let end = name.length;
  if (dot > 0 && isNumber(name, dot + 1, end)) {
    end = dot;
    dot = name.lastIndexOf(".", dot - 1);
  }
  return dot > 0 && end - dot < 12 && cloneWords.has(name.slice(dot + 1, end)) ? dot : -1;
}

function isNumber(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text[i]! < "0" || text[i]! > "9") return false;
  return from < to;
}

/** `::h` and sixteen hex digits at the end of a mangled Rust name. */
function withoutRustHash(name: string): string {
  const at = name.length - 19;
  return at > 0 && /^::h[0-9a-f]{16}$/.test(name.slice(at)) ? name.slice(0, at) : name;
}

const copyRoutine = /^__(?:mem|rawmem|str|stp|wcs|wmem|bzero|bcopy)/;

/** What glibc appends to the name of a string routine for a kind of processor. */
const processors = new Set(
  (
    "sse2 sse3 ssse3 sse4 sse42 avx avx2 avx512 avx512vl evex evex256 evex512 erms rtm unaligned aligned back " +
    "pminub no vzeroupper bsf slow generic ia32 i686 i586 i386 neon sve mte thunderx thunderx2 falkor a64fx " +
    "kunpeng emag zva nosimd asimd power7 power8 power9 power10 z13 z196 vx lsx lasx"
  ).split(" "),
);

/** libc picks one of several copies of a string routine at run time; they all do the same. */
function genericVariant(name: string): string {
  if (!copyRoutine.test(name)) return name;
  const words = name
    .slice(2)
    .replace(/_sse4_[12]/, "_sse42")
    .split("_");
  let length = words.length;
  while (length > 1 && processors.has(words[length - 1]!)) length--;
  if (length === words.length) return name;
  const generic = words.slice(0, length).join("_");
  return generic.endsWith("_chk") ? `__${generic}` : generic;
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
