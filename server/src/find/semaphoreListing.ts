import type { Table, TableRow } from "../read/model";
import { ipcId } from "../read/tables/ipcs";
import { plural } from "../words/plural";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";

/** As many ids and pairs are among the values. */
const MOST_LISTED = 200;

interface ListedArray {
  readonly row: TableRow;
  readonly id: number;
  readonly slot: number;
  readonly sequence: number;
}

/**
 * `semaphore-listing`: what one list of semaphore arrays adds up to. Values: `arrays`, `semaphores`, `byOwner`,
 * `keysZero` (private ones), `ids` (`id`, its `slot` of the kernel's table, and `sequence`), `slotCollisions` (pairs of
 * ids in one slot: the kernel never has both at once, so the list was put together), `sharedMemorySegments` (null where
 * the listing does not show them).
 */
export const semaphoreListing: Finder = (sources) =>
  sources.flatMap((source) =>
    source.reading.tables.flatMap((table, i, tables) =>
      table.kind === "semaphore-list" && table.rows.length > 0
        ? describe(source, table, segmentsBefore(tables, i))
        : [],
    ),
  );

/** ipcs prints shared memory in front of the semaphores of the same call. */
function segmentsBefore(tables: readonly Table[], at: number): number | null {
  const before = tables[at - 1];
  return before?.kind === "shared-memory-list" ? before.rows.length : null;
}

function describe(source: NamedReading, table: Table, segments: number | null): Finding {
  const column = (name: string): string[] => {
    const at = table.columns.indexOf(name);
    return at < 0 ? [] : table.rows.flatMap(({ cells }) => cells[at]?.text ?? []);
  };
  const arrays = arraysOf(table);
  const collisions = collisionsOf(arrays);
  const sizes = column("nsems").map(Number);
  return {
    kind: "semaphore-listing",
    summary: summaryOf(table.rows.length, collisions.length),
    values: {
      arrays: table.rows.length,
      semaphores: sizes.length > 0 ? sizes.reduce((sum, size) => sum + size, 0) : null,
      byOwner: counted(column("owner")),
      keysZero: column("key").filter((key) => /^0x0{1,16}$/.test(key)).length,
      ids: arrays.slice(0, MOST_LISTED).map(({ id, slot, sequence }) => ({ id, slot, sequence })),
      slotCollisions: collisions.slice(0, MOST_LISTED).map(([one, other]) => [one.id, other.id]),
      sharedMemorySegments: segments,
    },
    evidence: evidenceOf(source, table, collisions),
  };
}

function arraysOf(table: Table): ListedArray[] {
  const at = table.columns.indexOf("semid");
  if (at < 0) return [];
  return table.rows.flatMap((row) => {
    const text = row.cells[at]?.text ?? "";
    const id = ipcId(text);
    return id === null ? [] : [{ row, id: Number(text), ...id }];
  });
}

/** Each array with the one before it in the same slot. */
function collisionsOf(arrays: readonly ListedArray[]): [ListedArray, ListedArray][] {
  const bySlot = new Map<number, ListedArray>();
  return arrays.flatMap((array) => {
    const before = bySlot.get(array.slot);
    bySlot.set(array.slot, array);
    return before === undefined ? [] : [[before, array]];
  });
}

function counted(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].slice(0, MOST_LISTED));
}

function evidenceOf(
  source: NamedReading,
  table: Table,
  collisions: readonly (readonly [ListedArray, ListedArray])[],
) {
  const { from } = table.span;
  const end = source.reading.clean.text.indexOf("\n", from);
  const to = end > from && end < table.span.to ? end : table.span.to;
  const head = { source, span: { from, to }, says: "a list of semaphore arrays" };
  const rows = new Map<TableRow, string>();
  for (const [one, other] of collisions) {
    const slot = `slot ${one.slot} of the kernel's table, which only one array can have`;
    rows.set(one.row, slot);
    rows.set(other.row, slot);
  }
  const found = [...rows].map(([row, says]) => ({ source, span: row.span, says }));
  found.sort((a, b) => a.span.from - b.span.from);
  return [head, ...found].slice(0, MOST_EVIDENCE);
}

function summaryOf(arrays: number, collisions: number): string {
  const told = plural(arrays, "semaphore array");
  if (collisions === 0) return `${told} in this list`;
  const pairs = collisions === 1 ? "two share a slot" : `${collisions} pairs share a slot`;
  return `${told} in this list, of which ${pairs}: it cannot be of one moment of one kernel`;
}
