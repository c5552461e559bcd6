// Bundles the five outputs: command line, language server and client, for Node and for the web.
// --production minifies; --watch rebuilds on change; test suites for VS Code are built by scripts/e2e.mjs.
import { rmSync } from "node:fs";
import { build, context } from "esbuild";
import { esbuildKnowledge } from "./knowledge.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  logLevel: "info",
  plugins: [esbuildKnowledge],
  legalComments: "none",
};
const node = { ...shared, platform: "node", format: "cjs", target: "node20" };
const web = {
  ...shared,
  platform: "browser",
  target: "es2022",
  mainFields: ["browser", "module", "main"],
};

const outputs = [
  {
    ...node,
    entryPoints: ["server/src/cli.ts"],
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
  },
  { ...node, entryPoints: ["server/src/server.ts"], outfile: "dist/server.js" },
  {
    ...node,
    entryPoints: ["client/src/client.ts"],
    outfile: "dist/client.js",
    external: ["vscode"],
  },
  {
    ...web,
    format: "cjs",
    entryPoints: ["client/src/client.web.ts"],
    outfile: "dist/client.web.js",
    external: ["vscode"],
  },
  {
    ...web,
    format: "iife",
    entryPoints: ["server/src/server.web.ts"],
    outfile: "dist/server.web.js",
  },
];

rmSync("dist", { recursive: true, force: true });
if (watch) for (const options of outputs) await (await context(options)).watch();
else await Promise.all(outputs.map(build));
