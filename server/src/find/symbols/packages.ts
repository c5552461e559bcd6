import files from "knowledge:packages";
import { anyGlob } from "../../frames/glob";

/** One file of knowledge/packages. */
export interface PackageFile {
  readonly packages: readonly {
    /** File names of objects; `*` stands for any characters. */
    readonly objects: readonly string[];
    readonly debian: string | null;
    readonly fedora: string | null;
  }[];
}

/** The packages that hold an object's debug symbols; null where that is not known. */
export interface Install {
  readonly object: string;
  readonly debian: string | null;
  readonly fedora: string | null;
}

const packages = files
  .flatMap((file) => file.packages)
  .map((entry) => ({ ...entry, holds: anyGlob(entry.objects) }));

/** What to install for the symbols of an object, by its file name. */
export function installFor(object: string): Install {
  const found = packages.find(({ holds }) => holds(object));
  return { object, debian: found?.debian ?? null, fedora: found?.fedora ?? null };
}
