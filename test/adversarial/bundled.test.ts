import { existsSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { outputs } from "../../scripts/outputs.mjs";
import { type BundledPackage, bundledPackages, notices, sbom } from "../../scripts/sbom.mjs";

interface Bom {
  readonly components: readonly Record<string, unknown>[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: string[] }[];
}

let packages: BundledPackage[];

beforeAll(async () => {
  const results = await Promise.all(
    outputs(true).map((options) => build({ ...options, write: false, logLevel: "error" })),
  );
  packages = bundledPackages(results.map(({ metafile }) => metafile));
}, 60_000);

const bom = (): Bom => sbom(packages) as Bom;

test("every package that something is bundled of is shipped, and none that is for development only", () => {
  const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  expect(packages.filter(({ folder }) => locked[folder]?.dev).map(({ name }) => name)).toEqual([]);
  const names = packages.map(({ name }) => name);
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(names).toContain("minimatch");
});

test("the bill of materials names each of them with its version, its licence and what its bytes are", () => {
  expect(bom().components.map(({ name, version }) => `${name} ${version}`)).toEqual(
    packages.map(({ name, version }) => `${name} ${version}`),
  );
  for (const { licenses, hashes } of bom().components) {
    expect(licenses).toHaveLength(1);
    expect(JSON.stringify(hashes)).toMatch(/"SHA-512","content":"[\da-f]{128}"/);
  }
});

test("it says what needs what, and nothing that it does not list", () => {
  const listed = new Set(bom().components.map(({ purl }) => purl));
  const needed = bom().dependencies.flatMap(({ dependsOn }) => dependsOn);
  expect(needed.filter((each) => !listed.has(each))).toEqual([]);
  expect([...listed].filter((each) => !needed.includes(each as string))).toEqual([]);
});

test("it is the same each time, and says nothing of where it was made", () => {
  const text = JSON.stringify(bom());
  expect(JSON.stringify(bom())).toBe(text);
  expect(text).not.toMatch(/https?:|urn:uuid|timestamp|node_modules/);
  expect(text).not.toContain(process.cwd());
});

test("the text of each licence comes along", () => {
  const text = notices(packages);
  for (const { name, version, license } of packages) {
    expect(text).toContain(`\n${name} ${version} (${license})\n`);
  }
  expect(
    text.match(/Permission (?:is hereby granted|to use)|BlueOak|Blue Oak/g)?.length,
  ).toBeGreaterThanOrEqual(packages.length);
});

test("both are in the package", () => {
  const allowed = readFileSync(".vscodeignore", "utf8").split("\n");
  for (const file of ["dist/sbom.cdx.json", "dist/ThirdPartyNotices.txt"]) {
    expect(allowed).toContain(`!${file}`);
    expect(readFileSync("scripts/build.mjs", "utf8")).toContain(`"${file}"`);
  }
  expect(existsSync("LICENSE")).toBe(true);
});
