/** How a terminal shows emphasis; without colours, all of them leave the text as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const around = (open: number, close: number) => (text: string) =>
  `\x1b[${open}m${text}\x1b[${close}m`;

const plain = (text: string): string => text;

export const PLAIN: Paint = { bold: plain, strong: plain, faint: plain };

export const COLOURS: Paint = { bold: around(1, 22), strong: around(31, 39), faint: around(2, 22) };
