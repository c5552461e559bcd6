import { readFileSync } from "node:fs";
import { KernelReader } from "../../../server/src/read/kernel/reader";
import { splitLines } from "../../../server/src/read/lines";
import type { LogRecord } from "../../../server/src/read/model";
import { emptyOutput, type Output, readAtOnce } from "../../../server/src/read/output";
import { joinKernelLines } from "../../../server/src/read/rejoin/kernel";

export interface KernelReading extends Output {
  /** The text with broken lines joined, which the spans are in. */
  readonly text: string;
}

/** Reads the text as far as it is the kernel's; other lines are passed over, as for the other formats. */
export function readKernel(
  original: string,
  envelopeOf?: ConstructorParameters<typeof KernelReader>[2],
): KernelReading {
  const { text } = joinKernelLines(original);
  const lines = splitLines(text);
  const output = emptyOutput();
  const reader = new KernelReader(lines, output, envelopeOf);
  for (let at = 0; at < lines.count; at = Math.max(at + 1, readAtOnce(reader, at)));
  reader.finish();
  return { text, ...output };
}

/** One line for each record: its kind and the fields that are asked for. */
export function fieldsOf(reading: KernelReading, names: string): string {
  return reading.records
    .map((record) => [record.kind, ...names.split(" ").map((name) => fieldText(record, name))])
    .map((parts) => parts.join(" "))
    .join("\n");
}

const fieldText = (record: LogRecord, name: string): string =>
  `${name}=${record.fields[name] ?? "-"}`;

/** `demo_write demo_ioctl`: the frames of a record that are sure, the culprit in brackets. */
export function stackOf(record: LogRecord | undefined): string {
  const frames = (record?.frames ?? []).map((frame, index) => ({ frame, index }));
  return frames
    .filter(({ frame }) => !frame.isUncertain)
    .map(({ frame, index }) => (index === record?.culprit ? `[${frame.function}]` : frame.function))
    .join(" ");
}

/** The text that a record's range covers. */
export const textOf = (reading: KernelReading, index: number): string => {
  const span = reading.records[index]?.span ?? { from: 0, to: 0 };
  return reading.text.slice(span.from, span.to);
};

export const fixture = (name: string): string =>
  readFileSync(`test/fixtures/kernel/${name}`, "utf8");
