import type { Cell, Reading, Table } from "../../read/model";
import { contains } from "../../read/span";
import { ipcId } from "../../read/tables/ipcs";
import { processAt } from "../locate";
import { numericValue } from "../values";
import type { Hover } from "./hover";
import { addressLooks } from "./known/addresses";
import { columnKnown, registerKnown } from "./known/session";
import { code, paragraphs, plain } from "./markdown";
import { threadCard } from "./sessionCards";

/** The card of a cell in one of gdb's listings. */
export function cellHover(reading: Reading, offset: number): Hover | null {
  const table = reading.tables.find(({ span }) => contains(span, offset));
  const row = table?.rows.find(({ span }) => contains(span, offset));
  const column = row?.cells.findIndex(({ span }) => contains(span, offset)) ?? -1;
  const cell = row?.cells[column];
  if (!table || !row || !cell) return null;
  const markdown =
    table.kind === "register-list"
      ? registerCard(row.cells, cell)
      : columnCard(reading, table, row.cells, column);
  return markdown === "" ? null : { span: cell.span, markdown };
}

function registerCard(cells: readonly Cell[], cell: Cell): string {
  const name = cells[0]?.text ?? "";
  const number = numericValue(cells[1]?.text ?? "");
  const looks = number === null || name === "eflags" ? [] : addressLooks(number);
  const known = registerKnown(name);
  return paragraphs([
    `**${code(name)}**${cell === cells[0] ? "" : ` ${code(cells[1]?.text ?? "")}`}`,
    known && plain(known),
    ...looks.map(plain),
  ]);
}

function columnCard(
  reading: Reading,
  { kind, columns }: Table,
  cells: readonly Cell[],
  column: number,
): string {
  const name = columns[column] ?? "";
  const means = columnKnown(kind, name);
  if (means === null) return "";
  return paragraphs([
    `**${plain(name)}**: ${plain(means)}`,
    kind === "thread-list" ? threadOfRow(reading, cells) : null,
    /^(?:sem|shm|msq)id$/.test(name) ? idNote(cells[column]?.text ?? "") : null,
  ]);
}

/** The order in which arrays were made tells which of them a restart brought. */
function idNote(text: string): string | null {
  const id = ipcId(text);
  if (id === null) return null;
  return `Place ${id.slot} of the kernel's table, with the sequence number ${id.sequence}: the higher, the later it was made.`;
}

function threadOfRow(reading: Reading, cells: readonly Cell[]): string {
  const process = processAt(reading, cells[0]?.span.from ?? 0);
  const lwp = /\bLWP (\d{1,10})\b/.exec(cells[1]?.text ?? "")?.[1];
  const thread = process?.threads.find((it) => lwp !== undefined && it.lwp === Number(lwp));
  return process && thread ? threadCard({ thread, process }) : "";
}
