import type { BuildOptions } from "esbuild";

export function outputs(production: boolean): (BuildOptions & { metafile: true })[];
