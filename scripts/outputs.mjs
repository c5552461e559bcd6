// The five outputs: command line, language server and client, for Node and for the web.
import { esbuildKnowledge } from "./knowledge.mjs";

/** What esbuild is told to bundle, one set of options each. */
export function outputs(production) {
  const shared = {
    bundle: true,
    minify: production,
    sourcemap: !production,
    logLevel: "info",
    plugins: [esbuildKnowledge],
    legalComments: "none",
    metafile: true,
  };
  const node = { ...shared, platform: "node", format: "cjs", target: "node20" };
  const web = {
    ...shared,
    platform: "browser",
    target: "es2022",
    mainFields: ["browser", "module", "main"],
  };
  return [
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
}
