import * as vscode from "vscode";
import type { FileText, Problem, Stamp } from "./protocol";
import { nameOf } from "./uris";

/** VS Code gives such a file only as a whole, so that it has to fit into the memory. */
const LARGEST = 256 << 20;

/** So many bytes are told at once. */
const PIECE = 1 << 20;

/** Files that the server cannot read, because it runs in a browser or they are on a virtual file system. */
export class FileTexts {
  // Only while somebody reads it.
  #held: { readonly uri: string; readonly bytes: Promise<Uint8Array> } | null = null;

  async stamp(uri: vscode.Uri): Promise<Stamp | Problem> {
    try {
      const { size, mtime } = await vscode.workspace.fs.stat(uri);
      return { size, time: mtime };
    } catch {
      return { problem: `cannot read ${nameOf(uri)}: no such file` };
    }
  }

  async text(uri: vscode.Uri, byte: number): Promise<FileText | Problem> {
    try {
      const bytes = await this.#bytes(uri);
      const encoding = encodingOf(bytes);
      const end = pieceEnd(bytes, byte, encoding);
      const decoder = new TextDecoder(encoding, { ignoreBOM: byte > 0 });
      const next = end < bytes.length ? end : null;
      const text = decoder.decode(bytes.subarray(byte, end));
      return { text, next, share: bytes.length === 0 ? 1 : end / bytes.length };
    } catch (error) {
      return { problem: `cannot read ${nameOf(uri)}: ${(error as Error).message}` };
    }
  }

  /** Nobody reads any more. */
  forget(): void {
    this.#held = null;
  }

  #bytes(uri: vscode.Uri): Promise<Uint8Array> {
    const name = uri.toString();
    if (this.#held?.uri !== name) this.#held = { uri: name, bytes: wholeFile(uri) };
    return this.#held.bytes;
  }
}

async function wholeFile(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST)
    throw new Error("in a browser, or on a virtual file system, at most 256 MB can be read");
  const bytes = await vscode.workspace.fs.readFile(uri);
  const refusal = refusalOf(bytes);
  if (refusal !== null) throw new Error(refusal);
  return bytes;
}

function refusalOf(bytes: Uint8Array): string | null {
  const [first, second, third, fourth] = bytes;
  const isGzip = first === 0x1f && second === 0x8b;
  const isZstd = first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;
  if (isGzip || isZstd) return "it is compressed: unpack it first";
  const sample = bytes.subarray(0, 64 << 10);
  const controls = sample.filter((byte) => byte < 7).length;
  const isBinary = encodingOf(bytes) === "utf-8" && controls > 8 && controls > 0.05 * sample.length;
  return isBinary ? "it is no text" : null;
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** Not inside a character. */
function pieceEnd(bytes: Uint8Array, from: number, encoding: Encoding): number {
  let end = Math.min(bytes.length, from + PIECE);
  if (end === bytes.length) return end;
  const isInside = (byte: number): boolean => ((bytes[byte] ?? 0) & 0xc0) === 0x80;
  if (encoding === "utf-8") for (let i = 0; i < 3 && isInside(end); i++) end--;
  return end;
}
