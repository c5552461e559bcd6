import { type CommandOptions, Commands, compared, other } from "./commands";
import { MEGABYTE } from "./measure";
import type { Row } from "./table";
import { apacheLog, cleanFleet, threads } from "./texts";

/** `group` and `report` on files of so many MB, beside what others do with the same file. */
export function* commandRows(
  megabytes: number,
  isLarge: boolean,
  options: CommandOptions,
): Generator<Row> {
  const size = megabytes * MEGABYTE;
  const commands = new Commands(options);
  const pmp = (file: string, text: string) => (own: number) =>
    compared("pt-pmp", other(["pt-pmp", file], text, options.rounds), own);

  const dumps = threads(size);
  const dumpFile = commands.write("threads.txt", dumps);
  const group = `group, ${megabytes} MB`;
  yield commands.row(
    `${group} with thread headers`,
    ["group", dumpFile],
    dumps,
    1,
    pmp(dumpFile, dumps),
  );
  commands.remove(dumpFile);

  const fleet = cleanFleet(size);
  const file = commands.write("fleet.txt", fleet);
  const report = ["report", "--format", "ndjson"];
  yield commands.row(`${group}, clean fleet`, ["group", file], fleet, 1, pmp(file, fleet));
  yield commands.row(`report, ${megabytes} MB, clean fleet`, [...report, file], fleet, 1);
  const second = commands.write("second.txt", fleet);
  yield commands.row(`${group} twice, two workers`, ["group", file, second], fleet, 2);
  commands.remove(second);
  commands.remove(file);

  const log = apacheLog(size);
  const logFile = commands.write("error.log", log);
  const query = ";SELECT log_level, count(*) FROM all_logs GROUP BY log_level";
  const lnav = ["lnav", "-n", "-c", query, "-c", ":write-csv-to -", logFile];
  yield commands.row(`report, ${megabytes} MB, Apache log`, [...report, logFile], log, 1, (own) =>
    compared("lnav", other(lnav, log, 1), own),
  );
  commands.remove(logFile);
  if (isLarge) yield* largeRows(commands, cleanFleet(size), 1000 / megabytes);
}

/** The same with ten times as much. */
function* largeRows(commands: Commands, text: string, times: number): Generator<Row> {
  const file = commands.write("large.txt", text, times);
  yield commands.row("group, 1 GB, clean fleet", ["group", file], text, times);
  const report = ["report", "--format", "ndjson", file];
  yield commands.row("report, 1 GB, clean fleet", report, text, times);
  commands.remove(file);
}
