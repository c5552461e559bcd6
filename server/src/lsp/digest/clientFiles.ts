import type { Connection } from "vscode-languageserver";
import { type Stamp, type TextFiles, Unreadable } from "./files";

/** What the client says of a file that only it can read. */
type Told<T> = T | { readonly problem: string };

interface Piece {
  readonly text: string;
  /** The byte behind it; null where the file ends there. */
  readonly next: number | null;
  readonly share: number;
}

/** Files that are in the browser or on a virtual file system: the client reads them, and the server asks for the text. */
export const clientFiles = (connection: Connection): TextFiles => ({
  async stamp(uri) {
    return known(await connection.sendRequest<Told<Stamp>>("backtraceReader/fileStamp", { uri }));
  },
  async *parts(uri, byte, progress) {
    for (let at: number | null = byte; at !== null; ) {
      const told: Told<Piece> = await connection.sendRequest("backtraceReader/fileText", {
        uri,
        byte: at,
      });
      const piece: Piece = known(told);
      progress(piece.share);
      yield piece.text;
      at = piece.next;
    }
  },
});

function known<T extends object>(told: Told<T>): T {
  if ("problem" in told) throw new Unreadable(told.problem);
  return told;
}
