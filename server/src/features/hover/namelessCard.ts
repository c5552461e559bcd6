import type { Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import { gdbBanner, symbolsCommand } from "../debugSymbols";
import type { FramePlace } from "../locate";
import { addressLooks } from "./known/addresses";
import { code, paragraphs, plain } from "./markdown";

/** Why a frame has `??` in the place of its function, and what would help. */
export function namelessCard(reading: Reading, { frame }: FramePlace): string {
  const { library, address } = frame;
  if (library === null) return paragraphs([TITLE, noObject(address), CHECK]);
  const object = code(library);
  const command = symbolsCommand(library, gdbBanner(textOf(reading)));
  return paragraphs([
    TITLE,
    `The address lies in ${object}, but gdb found no symbol for it there: the file is stripped.`,
    command
      ? `To see names: ${code(command)}`
      : "To see names, install the debug symbols of the package that the file belongs to, or use debuginfod.",
  ]);
}

const TITLE = "**No function name**";

const CHECK =
  "`info sharedlibrary` and `info proc mappings` tell whether a file belongs to the address.";

function noObject(address: string | null): string {
  const looks = address === null ? [] : addressLooks(BigInt(address));
  const oddity = looks.length > 0 ? ` ${plain(looks[0] as string)}` : "";
  return `No file that gdb knows is mapped at this address: code made at run time, a missing program file, or a damaged stack.${oddity}`;
}
