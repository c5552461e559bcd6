import { build } from "esbuild";
import { esbuildKnowledge } from "../../../scripts/knowledge.mjs";

/** Bundles the command line as one file that Node can run. */
export async function bundleCli(outfile: string): Promise<void> {
  await build({
    entryPoints: ["server/src/cli.ts"],
    outfile,
    bundle: true,
    platform: "node",
    plugins: [esbuildKnowledge],
    logLevel: "error",
  });
}
