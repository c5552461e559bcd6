import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const security = readFileSync("docs/security.md", "utf8");

const shipped = (): [string, LockedPackage][] =>
  Object.entries(json("package-lock.json").packages as Record<string, LockedPackage>).filter(
    ([path, { dev }]) => path !== "" && !dev,
  );

test("packages at run time have exact versions, and are listed with their licences", () => {
  const { dependencies } = json("package.json") as { dependencies: Record<string, string> };
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
    [],
  );
  const listed = [...security.matchAll(/^\| `([\w-]+)` +\|[^|]+\| (\w+) +\|$/gm)];
  expect(listed.map(([, name]) => name)).toEqual(Object.keys(dependencies).sort());
  for (const [, name, licence] of listed) {
    expect(json(`node_modules/${name}/package.json`).license).toBe(licence);
  }
});

test("none of them, nor what they need, runs a script at installation or has an unusual licence", () => {
  const all = shipped();
  expect(all.length).toBeGreaterThan(5);
  const free = /^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0)$/;
  const odd = all.filter(
    ([, { hasInstallScript, license }]) => hasInstallScript || !free.test(license ?? ""),
  );
  expect(odd.map(([path, { license }]) => `${path} ${license}`)).toEqual([]);
});

test("every row of the threat model names tests, and they are there", () => {
  const threats = security.slice(
    security.indexOf("## Threats"),
    security.indexOf("## What is used"),
  );
  const rows = threats
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  expect(rows.length).toBeGreaterThan(20);
  const named = (row: string) =>
    [...row.matchAll(/`(test\/[\w./]+\.ts)`/g)].map(([, file]) => file);
  expect(rows.filter((row) => named(row).length === 0)).toEqual([]);
  expect(rows.flatMap(named).filter((file) => !existsSync(file ?? ""))).toEqual([]);
});
