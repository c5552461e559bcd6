import type { Metafile } from "esbuild";

/** A package of which something is in the bundles. */
export interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity?: string;
  readonly needs: readonly string[];
}

export function bundledPackages(metafiles: readonly Metafile[]): BundledPackage[];
export function sbom(packages: readonly BundledPackage[]): object;
export function notices(packages: readonly BundledPackage[]): string;
