// The shape of the data that hovers look up; the schemas under knowledge/schema check it.

/** One file of knowledge/values: arguments whose numbers have names. */
export interface ValueFile {
  readonly values: readonly ValueEntry[];
}

export interface ValueEntry {
  readonly id: string;
  readonly arguments: readonly string[];
  /** `*` stands for any characters; absent where the argument's name is enough. */
  readonly functions?: readonly string[];
  readonly about: string;
  /** By number in decimal: a name, then perhaps a colon and a few words. */
  readonly values: Readonly<Record<string, string>>;
  /** Bits that can be added to a value. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly reference?: string;
}

/** One file of knowledge/signals. */
export interface SignalFile {
  readonly arguments: readonly string[];
  readonly signals: readonly Signal[];
}

export interface Signal {
  readonly number: number;
  readonly name: string;
  readonly means: string;
  readonly look?: string;
}

/** One file of knowledge/errno. */
export interface ErrorFile {
  readonly arguments: readonly string[];
  readonly results: readonly string[];
  readonly errors: readonly ErrorNumber[];
}

export interface ErrorNumber {
  readonly number: number;
  readonly name: string;
  readonly means: string;
}

/** One file of knowledge/gdb-commands. */
export interface CommandFile {
  readonly commands: readonly { readonly names: readonly string[]; readonly means: string }[];
}

/** One file of knowledge/gdb-variables. */
export interface VariableFile {
  readonly variables: readonly { readonly names: readonly string[]; readonly means: string }[];
}

/** One file of knowledge/gdb-messages. */
export interface MessageFile {
  readonly messages: readonly Message[];
}

export interface Message {
  readonly begins: readonly string[];
  readonly means: string;
  readonly then?: string;
}

/** One file of knowledge/addresses. */
export interface AddressFile {
  readonly ranges: readonly {
    readonly from: string;
    readonly to: string;
    readonly means: string;
  }[];
  readonly patterns: readonly { readonly value: string; readonly means: string }[];
}

/** One file of knowledge/registers. */
export interface RegisterFile {
  readonly registers: readonly { readonly names: readonly string[]; readonly means: string }[];
}

/** One file of knowledge/tables. */
export interface TableFile {
  readonly tables: readonly {
    readonly kinds: readonly string[];
    readonly columns: readonly { readonly name: string; readonly means: string }[];
  }[];
}
