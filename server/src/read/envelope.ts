/** What a log shipper's prefix said of a line before it was taken off. */
export interface Envelope {
  readonly time: string | null;
  /** `11-20T21:37:44` where the prefix has a time without a year, as syslog's has. */
  readonly yearless?: string;
  readonly host: string | null;
  /** The program or unit that wrote the line. */
  readonly unit: string | null;
  readonly pid: number | null;
}

/** The envelope of a line of the clean text, or null. */
export type EnvelopeOf = (line: number) => Envelope | null;

export const noEnvelope: EnvelopeOf = () => null;
