import { ahCode, ahCodeSentence } from "../../read/apache/codes";
import type { LogRecord } from "../../read/model";
import { code, plain } from "./markdown";

/** Where in Apache an entry comes from. */
export function apacheNotes({ code: number, fields }: LogRecord): (string | null)[] {
  const sentence = number === null ? null : ahCodeSentence(number);
  const { mpm } = fields;
  const isNamed = typeof mpm !== "string" || sentence?.includes(`the ${mpm} MPM`);
  return [
    sentence && plain(sentence),
    number && releasesNote(number),
    isNamed ? null : `This server runs the ${code(mpm)} MPM.`,
  ];
}

/** A code that came or went within the 2.4 series tells something of the release. */
function releasesNote(number: string): string | null {
  const known = ahCode(number);
  if (known === null) return null;
  const { function: name, firstRelease, lastRelease } = known;
  const writer = name && `Written by ${code(name)}`;
  const since = firstRelease === null || firstRelease === "2.4.0" ? null : `from ${firstRelease}`;
  const until = lastRelease && `up to ${lastRelease}`;
  const releases = [since, until].filter((part) => part !== null).join(" ");
  if (writer === null) return releases === "" ? null : `Written ${plain(releases)}.`;
  return releases === "" ? `${writer}.` : `${writer}, ${plain(releases)}.`;
}
