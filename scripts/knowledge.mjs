// Turns the data under knowledge/ into modules that server code imports as "knowledge:NAME".
// One plugin serves esbuild (the bundles) and one vite (the tests), so both see the same data.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const project = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.join(project, "knowledge");

/** Every JSON file of knowledge/NAME/, in name order, as an array. */
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

/** The notes of knowledge/notes/, read by the server's own reader of notes; samples stay behind. */
async function loadNotes() {
  const { parseNote } = await import(await bundled("server/src/notes/parse.ts"));
  const folder = path.join(root, "notes");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort();
  return files.flatMap((file) => {
    const { note, problems } = parseNote(readFileSync(path.join(folder, file), "utf8"));
    if (note) return note;
    // The tests refuse it; whoever writes the others can go on.
    console.warn(`knowledge/notes/${file} is left out: ${problems[0]?.message}`);
    return [];
  });
}

/** A module of the server as one that Node can import. */
async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [path.join(project, entry)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    plugins: [esbuildKnowledge],
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return `data:text/javascript;base64,${code}`;
}

/** A function that checks data against knowledge/schema/NAME.schema.json, without making code at run time. */
function validator(name) {
  const schema = parseJson(path.join(root, "schema", `${name}.schema.json`));
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: true } });
  return standaloneCode(ajv, ajv.compile(schema));
}

async function moduleText(name) {
  if (name.startsWith("check/")) return validator(name.slice(6));
  const data = await dataOf(name);
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(data))});`;
}

/** The notes, a schema as data for `schema/NAME`, or the files of a folder. */
async function dataOf(name) {
  if (name === "notes") return loadNotes();
  if (!name.startsWith("schema/")) return loadKnowledge(name);
  return parseJson(path.join(root, `${name}.schema.json`));
}

export const esbuildKnowledge = {
  name: "knowledge",
  setup(build) {
    build.onResolve({ filter: /^knowledge:/ }, (args) => ({
      path: args.path.slice(10),
      namespace: "knowledge",
    }));
    build.onLoad({ filter: /.*/, namespace: "knowledge" }, async (args) => ({
      contents: await moduleText(args.path),
      loader: "js",
    }));
  },
};

export const viteKnowledge = {
  name: "knowledge",
  resolveId: (id) => (id.startsWith("knowledge:") ? `\0${id}` : undefined),
  load: (id) => (id.startsWith("\0knowledge:") ? moduleText(id.slice(11)) : undefined),
};
