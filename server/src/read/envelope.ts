/** What a log shipper's prefix said of a line before it was taken off. */
export interface Envelope {
  readonly time: string | null;
  readonly host: string | null;
  /** The program or unit that wrote the line. */
  readonly unit: string | null;
  readonly pid: number | null;
}

/** The envelope of a line of the clean text, or null. */
export type EnvelopeOf = (line: number) => Envelope | null;

export const noEnvelope: EnvelopeOf = () => null;
