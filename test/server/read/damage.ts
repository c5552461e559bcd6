import fc from "fast-check";

/** How people and their tools damage a trace; applied in the order of the fields. */
export interface Damage {
  readonly squeeze: boolean;
  readonly oneLine: boolean;
  readonly entities: boolean;
  readonly wrap: {
    readonly style: "none" | "characters" | "words" | "gdb";
    readonly width: number;
  };
  /** Terminals count what is seen, so colours do not change where lines are wrapped. */
  readonly colours: boolean;
  readonly indent: string;
  readonly prefix: "none" | "syslog" | "journald" | "cri" | "docker" | "time" | "compose";
  readonly quotes: number;
  readonly carriageReturns: boolean;
}

export const damage: fc.Arbitrary<Damage> = fc.record({
  squeeze: fc.boolean(),
  colours: fc.boolean(),
  oneLine: fc.boolean(),
  entities: fc.boolean(),
  wrap: fc.record({
    style: fc.constantFrom("none", "characters", "words", "gdb"),
    width: fc.integer({ min: 40, max: 132 }),
  }),
  indent: fc.constantFrom("", "    ", "\t"),
  prefix: fc.constantFrom("none", "syslog", "journald", "cri", "docker", "time", "compose"),
  quotes: fc.integer({ min: 0, max: 2 }),
  carriageReturns: fc.boolean(),
});

export function applyDamage(clean: readonly string[], how: Damage): string {
  let lines = [...clean];
  if (how.squeeze) lines = lines.map((line) => line.replace(/ {2,}/g, " "));
  if (how.oneLine) lines = [lines.join(" ")];
  if (how.entities) lines = lines.map(escapeEntities);
  lines = lines.flatMap((line) => wrapLine(line, how.wrap));
  if (how.colours) lines = lines.map(colour);
  lines = lines.map((line) => how.indent + line);
  lines = lines.map((line) => addPrefix(line, how.prefix));
  lines = lines.map((line) => "> ".repeat(how.quotes) + line);
  const lineBreak = how.carriageReturns ? "\r\n" : "\n";
  return lines.join(lineBreak) + lineBreak;
}

const colour = (line: string): string =>
  line.replace(/0x7f29[0-9a-f]+ in /, (address) => `\x1b[34m${address.slice(0, -4)}\x1b[m in `);

const escapeEntities = (line: string): string =>
  line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function wrapLine(line: string, { style, width }: Damage["wrap"]): string[] {
  if (style === "characters") return line.match(new RegExp(`.{1,${width}}`, "g")) ?? [line];
  if (style === "words") return wrapWords(line, width, "");
  if (style === "gdb") return wrapWords(line, width, "    ");
  return [line];
}

function wrapWords(line: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = indent + word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

function addPrefix(line: string, prefix: Damage["prefix"]): string {
  switch (prefix) {
    case "syslog":
      return `Nov 20 21:37:44 web1 collect[311]: ${line}`;
    case "journald":
      return `2026-11-20T21:37:44+0000 web1 collect[311]: ${line}`;
    case "cri":
      return `2026-11-20T21:37:44.123456789Z stderr F ${line}`;
    case "docker":
      return JSON.stringify({ log: `${line}\n`, stream: "stderr", time: "2026-11-20T21:37:44Z" });
    case "time":
      return `[2026-11-20 21:37:44.123] ${line}`;
    case "compose":
      return `web_1  | ${line}`;
    default:
      return line;
  }
}
