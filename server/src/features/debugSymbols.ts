// Where the names of functions come from when gdb prints `??`: packages with debug symbols, by distribution.

import type { Characters } from "../read/piecedText";

/** How a distribution finds the package with the symbols of an object. */
interface Distribution {
  /** A word of gdb's banner: `GNU gdb (Debian 13.1-3) 13.1`. */
  readonly banner: RegExp;
  readonly command: (object: string, gdb: number) => string;
}

const DISTRIBUTIONS: readonly Distribution[] = [
  // Ubuntu first: some of its banners name Debian's or Linaro's packager too.
  {
    banner: /\bUbuntu\b/,
    command: (object) =>
      `find-dbgsym-packages ${object} (of debian-goodies, with ddebs.ubuntu.com)`,
  },
  {
    banner: /\bDebian\b/,
    command: (object) => `find-dbgsym-packages ${object} (of debian-goodies)`,
  },
  {
    banner: /\b(?:Fedora|Red Hat|CentOS|Rocky|AlmaLinux)\b/,
    // RHEL 8 and Fedora 26 came with gdb 8; before, the command was a program of yum-utils.
    command: (object, gdb) => `${gdb >= 8 ? "dnf " : ""}debuginfo-install $(rpm -qf ${object})`,
  },
  {
    banner: /SUSE/,
    command: (object) => `zypper install $(rpm -qf --qf '%{NAME}-debuginfo' ${object})`,
  },
];

/** The command that leads to the symbols of an object, as far as gdb's banner tells the distribution; or null. */
export function symbolsCommand(object: string, banner: string | null): string | null {
  if (banner === null || !isHarmless(object)) return null;
  const distribution = DISTRIBUTIONS.find((candidate) => candidate.banner.test(banner));
  return distribution?.command(object, majorVersion(banner)) ?? null;
}

/** The first line of gdb's that names its version, or null. */
export function gdbBanner(text: Characters): string | null {
  const at = text.indexOf("GNU gdb ");
  return at < 0 ? null : (text.slice(at, at + 200).split("\n")[0] as string);
}

const majorVersion = (banner: string): number => Number(/\b(\d{1,2})\.\d/.exec(banner)?.[1] ?? 0);

/** The name comes from a log and goes into a shell: only an absolute path of plain letters is ever put there. */
const isHarmless = (object: string): boolean => /^\/[\w./+~-]{1,300}$/.test(object);
