import schema from "knowledge:schema/note";
import { ahCode, ahCodeSentence, allCodes } from "../read/apache/codes";
import { LEVELS } from "../read/apache/levels";
import { apacheKinds } from "../read/apache/record";
import { knowledge } from "../read/kernel/data";
import { lighttpdKinds } from "../read/lighttpd/record";
import type { MessageKind } from "../read/messageKinds";

// The names that a note can speak by, each with what it means: for the check of notes, and for those who write them.

/** A name with a sentence or two. */
export interface Named {
  readonly name: string;
  readonly about: string;
}

/** A part of the front matter's schema, as far as it is used here. */
export interface SchemaNode {
  readonly description?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

export const noteSchema: SchemaNode = schema;

/** A format whose entries a note can speak of. */
export interface LogFormat extends Named {
  readonly kinds: readonly Named[];
  readonly severities: readonly string[];
  /** What its entries may have as fields, all kinds together. */
  readonly fields: readonly string[];
}

/** Kinds that no data names: lines of programs, and entries that say nothing known. */
const NAMELESS: readonly Named[] = [
  { name: "stderr", about: "A line that a program wrote into the log." },
  { name: "other", about: "An entry of which no more is known than its form." },
];

/** What the head of an entry says, whatever its kind. */
const APACHE_FIELDS =
  "errno error client clientPort remote remotePort referer requestId connectionId mpm signalName";

const LIGHTTPD_FIELDS = "errno error client signalName";

const KERNEL_FIELDS =
  "title process pid address ip sp link panic error access mode present errorBits object base size fileOffset cpu core socket offset " +
  "insideObject nearNull pageAligned jump nearStack canonical code uptime trap signal signalCode syndrome " +
  "fault interruption instruction function hardware registers modules taint kernel uid workqueue last " +
  "constraint cpuset memoryGroup victimGroup scope victimUid victimPid victim score totalVmKb anonRssKb " +
  "fileRssKb shmemRssKb pageTablesKb victimScoreAdj usageKb limitKb failures reaped";

export const logFormats: readonly LogFormat[] = [
  {
    name: "apache",
    about: "An entry of Apache's error log.",
    kinds: [...apacheKinds.map(toNamed), ...NAMELESS],
    severities: LEVELS.map(({ name }) => name),
    fields: fieldsOf(APACHE_FIELDS, apacheKinds),
  },
  {
    name: "lighttpd",
    about: "An entry of lighttpd's error log.",
    kinds: [...lighttpdKinds.map(toNamed), ...NAMELESS],
    severities: [],
    fields: fieldsOf(LIGHTTPD_FIELDS, lighttpdKinds),
  },
  {
    name: "kernel",
    about: "A report in the kernel's log.",
    kinds: knowledge.reports.map(({ kind, explain }) => ({ name: kind, about: explain })),
    severities: [],
    fields: kernelFields(),
  },
];

function toNamed({ kind, about }: MessageKind): Named {
  return { name: kind, about };
}

function fieldsOf(general: string, kinds: readonly MessageKind[]): string[] {
  return distinct([...general.split(" "), ...kinds.flatMap(({ fields }) => groupsOf(fields))]);
}

function kernelFields(): string[] {
  return distinct([
    ...KERNEL_FIELDS.split(" "),
    ...knowledge.reports.flatMap(({ reads }) => groupsOf(reads)),
  ]);
}

/** The names of the groups of regular expressions. */
function groupsOf(patterns: readonly string[] = []): string[] {
  return patterns.flatMap((pattern) =>
    [...pattern.matchAll(/\(\?<(\w+)>/g)].map((group) => group[1] as string),
  );
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** Apache's modules that have message codes, as its log names them. */
export const moduleNames = (): readonly Named[] =>
  distinct(allCodes().flatMap((code) => ahCode(code)?.module.split("|") ?? [])).map((name) => ({
    name,
    about: "A module of Apache.",
  }));

/** Apache's message codes with where each comes from. */
export const codeNames = (): readonly Named[] =>
  allCodes().map((code) => ({ name: code, about: ahCodeSentence(code) ?? code }));
