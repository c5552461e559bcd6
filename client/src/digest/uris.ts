import * as vscode from "vscode";
import type { Range } from "vscode-languageclient";
import type { LinkedPart, Stamp } from "./protocol";

export const DIGEST_SCHEME = "backtrace-digest";
export const PART_SCHEME = "backtrace-part";

/** The last part of a file's name, for titles. */
export const nameOf = ({ path }: vscode.Uri): string =>
  path.slice(path.lastIndexOf("/") + 1).slice(0, 100) || "file";

/** The document that shows the digest of a file, or one of the hypotheses in it. */
export function digestUri(file: vscode.Uri, note: string | null = null): vscode.Uri {
  const path = note === null ? `/${nameOf(file)} digest.md` : `/${note} in ${nameOf(file)}.md`;
  return vscode.Uri.from({
    scheme: DIGEST_SCHEME,
    path,
    query: JSON.stringify({ file: file.toString(), note }),
  });
}

/** What such a document is about; null for one that nobody of us has made. */
export function digestOf(uri: vscode.Uri): { file: vscode.Uri; note: string | null } | null {
  const { file, note } = parsed(uri.query);
  if (uri.scheme !== DIGEST_SCHEME || typeof file !== "string") return null;
  return { file: vscode.Uri.parse(file), note: typeof note === "string" ? note : null };
}

/** A stretch of a file as it was when its digest was made. */
export interface PartOf {
  readonly file: vscode.Uri;
  readonly stamp: Stamp;
  readonly range: Range;
}

/** The document that shows it. */
export function partUri({ file, stamp, range: { start, end } }: PartOf): vscode.Uri {
  const numbers = [start.line, start.character, end.line, end.character];
  return vscode.Uri.from({
    scheme: PART_SCHEME,
    path: `/${nameOf(file)} ${start.line + 1}-${end.line + 1}.backtrace`,
    query: JSON.stringify({ file: file.toString(), size: stamp.size, time: stamp.time, numbers }),
  });
}

/** What such a document shows; null for one that nobody of us has made. */
export function partOf(uri: vscode.Uri): PartOf | null {
  const { file, size, time, numbers } = parsed(uri.query);
  if (uri.scheme !== PART_SCHEME || typeof file !== "string") return null;
  const all = [size, time, ...(Array.isArray(numbers) ? numbers : [])];
  if (all.length !== 6 || !all.every(isCount)) return null;
  const [bytes, written, line, character, endLine, endCharacter] = all as Six;
  return {
    file: vscode.Uri.parse(file),
    stamp: { size: bytes, time: written },
    range: {
      start: { line, character },
      end: { line: endLine, character: endCharacter },
    },
  };
}

type Six = [number, number, number, number, number, number];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function parsed(query: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(query);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The document that shows a part, with the cursor where it is meant. */
export function partLink(file: vscode.Uri, stamp: Stamp, part: LinkedPart): vscode.Uri {
  const { line, character } = part.at;
  return partUri({ file, stamp, range: part }).with({ fragment: `L${line + 1},${character + 1}` });
}
