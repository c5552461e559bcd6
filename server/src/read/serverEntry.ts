import { clockNumber, dayText } from "./calendar";
import { skipDigits } from "./chars";
import { LogEntry } from "./logEntry";
import { type MessageKind, messageFields } from "./messageKinds";
import type { LogRecord } from "./model";

// The columns behind those of all entries.
/** Where the message stands; it ends at -1 where it does not stand there in one piece. */
export const MESSAGE = 2;
export const MESSAGE_TO = 3;
/** Where the time stands. */
export const TIME = 4;
/** The day as a number; 0 or less for none. */
export const DAY = 5;
/** The number of its kind, `OTHER` or `STDERR`. */
export const KIND = 6;
/** Columns of one server's begin here. */
export const OWN = 7;

export const OTHER = -1;
export const STDERR = -2;

/** In all times, the clock stands so far behind the start. */
const CLOCK = 11;
const SECONDS = CLOCK + 8;
const DOT = 46;

/** No clock has more of them behind its seconds. */
const MOST_DIGITS = 9;

type Fields = LogRecord["fields"];

/** The kinds of one server's entries by their numbers. */
export class KindNumbers {
  private readonly kinds: readonly MessageKind[];
  private readonly numbers: ReadonlyMap<MessageKind, number>;

  constructor(kinds: readonly MessageKind[]) {
    this.kinds = kinds;
    this.numbers = new Map(kinds.map((kind, number) => [kind, number]));
  }

  of(kind: MessageKind): number {
    return this.numbers.get(kind) as number;
  }

  at(number: number): MessageKind | null {
    return this.kinds[number] ?? null;
  }
}

const NO_FIELDS: Fields = {};

/** An entry of a web server's log. */
export abstract class ServerEntry extends LogEntry {
  protected abstract readonly kinds: KindNumbers;

  protected get messageKind(): MessageKind | null {
    return this.kinds.at(this.number(KIND));
  }

  get kind(): string {
    return this.messageKind?.kind ?? (this.number(KIND) === STDERR ? "stderr" : "other");
  }

  get crash(): boolean {
    return this.messageKind?.crash ?? false;
  }

  get time(): string | null {
    const day = this.number(DAY);
    if (day <= 0) return null;
    const clock = this.place(TIME) + CLOCK;
    return dayText(day) + this.rows.text.slice(clock, this.clockEnd) + this.zone;
  }

  /** The time of the clock's second in digits, `20261120213744`; -1 for none. */
  get second(): number {
    const day = this.number(DAY);
    return day <= 0 ? -1 : day * 1e6 + clockNumber(this.rows.text, this.place(TIME) + CLOCK);
  }

  /** How many characters of the time stand behind the seconds; -1 where there are more than a fraction's digits. */
  get fraction(): number {
    return this.clockEnd - this.place(TIME) - SECONDS;
  }

  /** The seconds of the clock with their fraction; null where more than digits stand behind them, or too many. */
  get clockSeconds(): number | null {
    const { fraction } = this;
    if (fraction === 0) return this.second % 100;
    if (fraction < 2 || fraction > MOST_DIGITS + 1) return null;
    const from = this.place(TIME) + SECONDS - 2;
    return Number(this.rows.text.slice(from, from + 2 + fraction));
  }

  get message(): string {
    const to = this.place(MESSAGE_TO);
    return to < 0 ? this.joinedMessage() : this.rows.text.slice(this.place(MESSAGE), to);
  }

  protected place(column: number): number {
    return this.rows.place(this.row, column);
  }

  protected number(column: number): number {
    return this.rows.number(this.row, column);
  }

  /** Behind the clock with its fraction. */
  protected get clockEnd(): number {
    const { text } = this.rows;
    const end = this.place(TIME) + SECONDS;
    return text.charCodeAt(end) === DOT ? skipDigits(text, end + 1, text.length) : end;
  }

  /** What stands behind the clock of the time: `+01:00`. */
  protected get zone(): string {
    return "";
  }

  /** The message where it was put together. */
  protected joinedMessage(): string {
    return "";
  }

  /** What the message says. */
  protected messageFields(): Fields {
    const kind = this.messageKind;
    return kind === null ? NO_FIELDS : messageFields(kind, this.message);
  }
}
