// Turns the data under knowledge/ into modules that server code imports as "knowledge:NAME".
// One plugin serves esbuild (the bundles) and one vite (the tests), so both see the same data.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "knowledge");

/** Every JSON file below knowledge/NAME/, in name order, as an array; or the single knowledge/NAME.json. */
export function loadKnowledge(name) {
  const folder = path.join(root, name);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort();
  return files.map((file) => parseJson(path.join(folder, file)));
}

function parseJson(file) {
  const { $schema: _, ...data } = JSON.parse(readFileSync(file, "utf8"));
  return data;
}

const moduleText = (name) =>
  `export default JSON.parse(${JSON.stringify(JSON.stringify(loadKnowledge(name)))});`;

export const esbuildKnowledge = {
  name: "knowledge",
  setup(build) {
    build.onResolve({ filter: /^knowledge:/ }, (args) => ({
      path: args.path.slice(10),
      namespace: "knowledge",
    }));
    build.onLoad({ filter: /.*/, namespace: "knowledge" }, (args) => ({
      contents: moduleText(args.path),
      loader: "js",
    }));
  },
};

export const viteKnowledge = {
  name: "knowledge",
  resolveId: (id) => (id.startsWith("knowledge:") ? `\0${id}` : undefined),
  load: (id) => (id.startsWith("\0knowledge:") ? moduleText(id.slice(11)) : undefined),
};
