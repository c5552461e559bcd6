import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { withoutLinks } from "../../client/src/withoutLinks";

/** What the parser gives, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly callee?: Node & { readonly property?: Node };
  readonly arguments?: readonly Node[];
  readonly expressions?: readonly Node[];
}

test("a message has no links but those that the editor makes of plain addresses", () => {
  const message = "Reading [words](command:workbench.action.quit) and ![i](https://evil.example)";
  expect(withoutLinks(message)).not.toMatch(/\]\(/);
  expect(withoutLinks("cannot read /logs/error_log (1): no such file")).toBe(
    "cannot read /logs/error_log (1): no such file",
  );
});

/** Names of what nobody else has written. */
const OWN: ReadonlySet<string> = new Set(["WHY", "what", "megabytes"]);

function isHarmless(node: Node | undefined): boolean {
  if (node === undefined || node.type === "Literal") return true;
  if (node.type === "TemplateLiteral") return (node.expressions ?? []).every(isHarmless);
  if (node.type === "Identifier") return OWN.has(node.name ?? "");
  return node.type === "CallExpression" && node.callee?.name === "withoutLinks";
}

const SHOWS = /^show(?:Information|Warning|Error)Message$/;

function* messages(node: unknown): Generator<Node | undefined> {
  if (typeof node !== "object" || node === null) return;
  const { type, callee, arguments: given } = node as Node;
  if (type === "CallExpression" && SHOWS.test(callee?.property?.name ?? "")) yield given?.[0];
  for (const value of Object.values(node)) yield* messages(value);
}

test("what is shown as a message has nothing of others in it that could be a link", () => {
  const files = readdirSync("client/src", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.posix.join("client/src", name));
  const shown = files.flatMap((file) =>
    [...messages(parseAst(readFileSync(file, "utf8"), { lang: "ts" }))].map((message) => ({
      file,
      isHarmless: isHarmless(message),
    })),
  );
  expect(shown.length).toBeGreaterThan(4);
  expect(shown.filter((each) => !each.isHarmless)).toEqual([]);
});
