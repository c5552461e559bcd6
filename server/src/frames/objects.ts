import files from "knowledge:frames";
import type { FrameFile } from "./data";
import { remembered } from "./remembered";

const plumbing = files.filter((file) => file.plumbing);
const plumbingSources = plumbing.flatMap((file) => file.sources ?? []);

/** `libc.so.6` of `/lib64/libc.so.6`. */
export function objectNamed(library: string): string {
  return library.slice(library.lastIndexOf("/") + 1);
}

/** Is this object one of the library's own? */
export function ownObjects(file: FrameFile, object: string): boolean {
  return file.objects.some((start) => object.startsWith(start));
}

/** libc, the loader and the like: whatever runs there, somebody else asked for it. */
export const isPlumbing = remembered((object: string) =>
  plumbing.some((file) => ownObjects(file, object)),
);

/** Source code of such a library, which debug information names where no shared object is. */
export const isPlumbingSource = remembered((path: string) =>
  plumbingSources.some((part) => path.includes(part)),
);
