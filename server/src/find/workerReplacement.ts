import { printable, shorten } from "../words/printable";
import type { Finder, Finding, NamedReading } from "./finding";
import { inOrder, recordEvidence } from "./logs/logs";
import { type Pairing, pairingOf, type Replacement } from "./logs/pairing";
import { type Pool, poolsOf } from "./logs/pools";

/**
 * `worker-replacement`: a worker of a process list that started when the server's log tells of a backend's end. Values:
 * `pid`, `started` (as listed), `backend`, `time` (of the end), `logBy` (why this log, see Pairing),
 * `sameDayAssumed` (the list has no date; it is taken to be of the log's day).
 */
export const workerReplacement: Finder = (sources) =>
  sources.flatMap((source) => poolsOf(source).flatMap((pool) => replacements(pool, sources)));

function replacements(pool: Pool, sources: readonly NamedReading[]): Finding[] {
  const pairing = pairingOf(pool, sources);
  return pairing?.replacements.map((found) => describe(pool, pairing, found, sources)) ?? [];
}

function describe(
  { source, table }: Pool,
  { log, by }: Pairing,
  found: Replacement,
  sources: readonly NamedReading[],
): Finding {
  const { worker, death } = found;
  const span = table.rows[worker.row]?.span ?? table.span;
  const row = { source, span, says: "a worker started at that minute" };
  const ends = recordEvidence(log.source, death.records, () => "the backend's end");
  const backend = shorten(printable(death.backend), 100);
  return {
    kind: "worker-replacement",
    summary: `Worker ${worker.pid ?? "?"}, started at ${worker.start}, replaces the one of ${backend} that died at ${death.time.slice(11, 19)}, if list and log are of one day`,
    values: {
      pid: worker.pid,
      started: worker.start,
      backend: death.backend,
      time: death.time,
      logBy: by,
      sameDayAssumed: true,
    },
    evidence: inOrder([...ends, row], sources),
  };
}
