import { frameLabel } from "../find/groups";
import type { LogRecord, Reading } from "../read/model";
import { printable, shorten } from "../words/printable";
import type { Diagnostic } from "./diagnostics";
import { entryTitle, headlineSpan, kindKnown } from "./entries/entry";

/** A warning for each entry of a log that tells of a crash, a kill or a hang, at the line that says so. */
export function crashDiagnostics(reading: Reading): Diagnostic[] {
  return reading.records
    .filter(({ crash }) => crash)
    .map((record) => ({
      span: headlineSpan(reading, record),
      code: record.kind,
      message: crashMessage(record),
      severity: "warning",
    }));
}

function crashMessage(record: LogRecord): string {
  const known = kindKnown(record);
  const title = entryTitle(record);
  return [known ? `${title}: ${known.about}` : title, place(record)]
    .filter((part) => part !== null)
    .join(" ");
}

function place({ frames, culprit }: LogRecord): string | null {
  const frame = culprit === null ? undefined : frames?.[culprit];
  return frame ? `Frame to look at: ${printable(shorten(frameLabel(frame), 120))}.` : null;
}
