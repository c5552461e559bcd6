import { readFileSync } from "node:fs";

/** About `size` characters of a fleet's backtraces, as gdb wrote them. */
export function cleanFleet(size: number): string {
  const one = readFileSync("examples/backtraces.save", "utf8");
  return one.repeat(Math.ceil(size / one.length));
}

/** The same, quoted by a mailer and wrapped at 76 columns. */
export function damagedFleet(size: number): string {
  const one = readFileSync("examples/backtraces.save", "utf8").split("\n").flatMap(wrap);
  const text = `${one.map((line) => `> ${line}`).join("\n")}\n`;
  return text.repeat(Math.ceil(size / text.length));
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > 76) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

/** `bt full` of all threads, again and again. */
export function fullBacktraces(size: number): string {
  const one = readFileSync("test/fixtures/gdb/13.1/mt-run.txt", "utf8");
  return one.repeat(Math.ceil(size / one.length));
}
