// What is in the bundles that others wrote: as a bill of materials in CycloneDX, and with their licences. Both are made
// of what esbuild says that it bundled, the lock file and the packages' own licence files, and of nothing else: the same
// sources give the same files.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const json = (file) => JSON.parse(readFileSync(file, "utf8"));

/** The packages of which something is in the bundles, in the order of the alphabet. */
export function bundledPackages(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const folders = new Set(inputs.flatMap(([file]) => packageFolder(file) ?? []));
  const locked = json("package-lock.json").packages;
  return [...folders]
    .sort()
    .map((folder) => ({ folder, name: nameOf(folder), ...locked[folder] }))
    .map(({ folder, name, version, license, integrity, dependencies }) => {
      if (!version || !license) throw new Error(`The lock file does not know ${folder}.`);
      return { folder, name, version, license, integrity, needs: Object.keys(dependencies ?? {}) };
    });
}

const packageFolder = (file) =>
  /^.*?node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];

const nameOf = (folder) =>
  folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);

/** The bill of materials, without a time or a number by chance. */
export function sbom(packages) {
  const { name, version, description, license } = json("package.json");
  const own = `pkg:npm/${name}@${version}`;
  const known = new Map(packages.map((each) => [each.name, purl(each)]));
  const direct = Object.keys(json("package.json").dependencies);
  const references = (names) => names.flatMap((each) => known.get(each) ?? []).sort();
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": own,
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
        purl: own,
      },
    },
    components: packages.map(component),
    dependencies: [
      { ref: own, dependsOn: references(direct) },
      ...packages.map((each) => ({ ref: purl(each), dependsOn: references(each.needs) })),
    ],
  };
}

function component({ name, version, license, integrity }) {
  const [, hash] = /^sha512-(.+)$/.exec(integrity) ?? [];
  const content = hash && Buffer.from(hash, "base64").toString("hex");
  return {
    type: "library",
    "bom-ref": purl({ name, version }),
    name,
    version,
    scope: "required",
    ...(content && { hashes: [{ alg: "SHA-512", content }] }),
    licenses: [{ license: { id: license } }],
    purl: purl({ name, version }),
  };
}

const purl = ({ name, version }) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

/** The packages with the texts of their licences. */
export function notices(packages) {
  const sections = packages.map(
    ({ folder, name, version, license }) =>
      `${name} ${version} (${license})\n${"-".repeat(72)}\n\n${licenceText(folder)}\n`,
  );
  return [
    "Parts of these packages are in this extension, each under its own licence.\n",
    ...sections,
  ].join("\n");
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(?:\.\w+)?$/i.test(name));
  if (!file) throw new Error(`${folder} has no file of its licence.`);
  return readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}
