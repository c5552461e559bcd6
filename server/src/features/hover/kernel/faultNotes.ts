import { knowledge, trapNamed } from "../../../read/kernel/data";
import { errorMeaning } from "../../../read/kernel/pageFault";
import type { LogRecord } from "../../../read/model";
import { numericValue } from "../../values";
import { addressLooks } from "../known/addresses";
import { code, plain } from "../markdown";

type Fields = LogRecord["fields"];

/** What the numbers of a fault say: the error code, the address, and where the instruction stands. */
export function faultNotes({ fields }: LogRecord): (string | null)[] {
  return [
    trapNote(fields),
    errorNote(fields),
    addressNote(fields),
    objectNote(fields),
    fileNote(fields),
  ];
}

function trapNote({ trap }: Fields): string | null {
  const known = typeof trap === "string" ? trapNamed(trap) : undefined;
  return known ? `**${plain(known.trap)}**: ${plain(known.meaning)}` : null;
}

/** The fetch of an instruction has the bits of a read. */
const READ = knowledge.pageFaultBits.find(({ name }) => name === "WRITE")?.clear;

/** Only page faults have bits with a meaning; other traps print a code too. */
function errorNote({ error, access }: Fields): string | null {
  if (typeof error !== "number" || typeof access !== "string") return null;
  const bits = errorMeaning(error).filter((bit) => access !== "fetch" || bit !== READ);
  return `Error ${code(error.toString(16))}: ${bits.map(plain).join(" ")}`;
}

function addressNote(fields: Fields): string | null {
  const { address } = fields;
  const number = typeof address === "string" ? numericValue(address) : null;
  if (typeof address !== "string" || number === null) return null;
  const sentences = [...addressLooks(number), ...circumstances(fields)];
  return `Address ${code(address)}: ${sentences.map(plain).join(" ") || "nothing special."}`;
}

function circumstances({ jump, nearStack, insideObject }: Fields): string[] {
  const all = [
    jump === true && "The program jumped there: the instruction itself is at this address.",
    nearStack === true && "It is close to the stack pointer: the stack may have run out.",
    insideObject === true && "It lies inside the object that the instruction belongs to.",
  ];
  return all.filter((sentence) => sentence !== false);
}

function objectNote({ ip, object, base, offset }: Fields): string | null {
  if (typeof ip !== "string") return null;
  if (typeof object !== "string") return `Instruction ${code(ip)}: in no mapped object.`;
  const place = `Instruction ${code(ip)}: in ${code(object)}`;
  const isPlaced = typeof base === "string" && typeof offset === "string";
  return isPlaced
    ? `${place}, ${code(offset)} behind ${code(base)}, where this part is mapped.`
    : place;
}

/** Since 6.12 the kernel prints where in the file the instruction is. */
function fileNote({ fileOffset, object }: Fields): string | null {
  if (typeof fileOffset !== "string") return null;
  const place = `In the file that is at ${code(fileOffset)}`;
  const isPlainName = typeof object === "string" && /^[\w.][\w.+-]{0,63}$/.test(object);
  if (!isPlainName) return `${place}.`;
  return `${place}. With debug symbols this mostly finds the source line: ${code(`addr2line -fie ${object} ${fileOffset}`)}`;
}
