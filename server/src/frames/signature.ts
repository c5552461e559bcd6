// C++ and Rust print a function with its template arguments, parameters and return type:
//
//     void std::sort<int*, main()::{lambda(int)#1}>(int*, int*)     ->  std::sort
//     <alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop         ->  alloc::vec::Vec::drop
//     runtime.(*mcache).refill                                      ->  itself: Go prints a receiver there
//
// One pass over the characters, so that a hostile name costs no more than its length.

/** A C++ or Rust name without template arguments, parameters, return type, closures and inline namespaces. */
export function withoutSignature(name: string): string {
  if (!/[<({[ ]/.test(name) || name.includes(".(*")) return withoutInlineNamespace(name);
  const impl = rustImplementation(name);
  return withoutInlineNamespace(outerName(impl ?? name) || name);
}

/** `<A as B>::c` is A's own `c`. */
function rustImplementation(name: string): string | null {
  if (!name.startsWith("<")) return null;
  const as = name.indexOf(" as ");
  const end = closingBracket(name, 0);
  return as < 0 || end < as ? null : name.slice(1, as) + name.slice(end + 1);
}

/**
 * The characters outside brackets, from the last blank (before it stands the return type) to the parameters. The blank
 * of `operator<< <char>` is no such blank.
 */
function outerName(name: string): string {
  let out = "";
  // The last two characters of it: a string that grows is put together anew whenever somebody looks into it.
  let tail = "";
  for (let i = 0; i < name.length; i++) {
    const char = name[i]!;
    const operator = operatorAt(name, i);
    if (operator !== "") {
      out += operator;
      tail = operator.slice(-2);
      i += operator.length - 1;
    } else if (opening.has(char)) {
      i = closingBracket(name, i);
      if (char === "(" && out !== "" && !name.startsWith("::", i + 1)) break;
      if (tail === "::" && name.startsWith("::", i + 1)) i += 2;
    } else if (char !== " ") {
      out += char;
      tail = tail.slice(-1) + char;
    } else if (name[i + 1] !== "<") {
      out = "";
      tail = "";
    }
  }
  return withoutColons(out);
}

const opening = new Set(["<", "(", "{", "["]);
const operatorName = /operator(?:\(\)|\[\]|->\*?|<=>|<<=?|>>=?|[<>]=?| [^(<]*)/y;

/** `operator()`, `operator<<`, `operator new[]`, `operator bool`: names with brackets or blanks in them; or "". */
function operatorAt(name: string, at: number): string {
  if (name[at] !== "o" || !name.startsWith("operator", at)) return "";
  operatorName.lastIndex = at;
  return operatorName.exec(name)?.[0] ?? "";
}

/** The bracket that closes the one at `from`, or the end. `->` closes nothing. */
function closingBracket(name: string, from: number): number {
  let depth = 0;
  for (let i = from; i < name.length; i++) {
    const char = name[i]!;
    if (opening.has(char)) depth++;
    else if (closing.has(char) && !(char === ">" && name[i - 1] === "-")) depth--;
    if (depth === 0) return i;
  }
  return name.length;
}

const closing = new Set([">", ")", "}", "]"]);

/** What a closure or an anonymous namespace leaves behind when it is cut out. */
function withoutColons(name: string): string {
  const from = name.startsWith("::") ? 2 : 0;
  return name.endsWith("::") ? name.slice(from, -2) : name.slice(from);
}

const inlineNamespace = /^std::(?:__cxx11|__1|__ndk1|_V2|__debug)::/;

/** Namespaces that a C++ library inserts to tell its versions apart. */
function withoutInlineNamespace(name: string): string {
  return name.replace(inlineNamespace, "std::");
}
