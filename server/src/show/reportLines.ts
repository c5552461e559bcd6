import { culpritIndex } from "../frames/culprit";
import type { Frame, FramePart } from "../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../read/model";
import type { Span } from "../read/span";
import type { NamedValue } from "../read/values";
import { type Bytes, type CodesOf, JsonBytes, Plain } from "./jsonBytes";
import { type ToRange, toProblem, toTable } from "./toSource";

const NONE = Plain.of("");
const COMMA = Plain.of(",");
const COLON = Plain.of(":");
const OPEN_LIST = Plain.of("[");
const CLOSE_LIST = Plain.of("]");
const OPEN_OBJECT = Plain.of("{");
const CLOSE_OBJECT = Plain.of("}");
const END = Plain.of("\n");
const END_OBJECT = Plain.of("}\n");
const END_PROCESS = Plain.of("]}\n");
const FIRST_NAME = Plain.of('{"name":');
const NEXT_NAME = Plain.of(',{"name":');

/** What stands in front of a property that is not the first. */
const before = (name: string): Plain => Plain.of(`,"${name}":`);

const PROCESS = Plain.of('{"type":"process","path":');
const RECORD = Plain.of('{"type":"record","path":');
const PID = before("pid");
const PROGRAM = before("program");
const SIGNAL = before("signal");
const GDB = before("gdb");
const THREADS = Plain.of(',"threads":[');

const NUMBER = Plain.of('{"number":');
const ID = before("id");
const LWP = before("lwp");
const NAME = before("name");
const CRASHED = Plain.of(',"crashed":true');
const NOT_CRASHED = Plain.of(',"crashed":false');
const FRAMES = Plain.of(',"frames":[');
const NO_FRAMES = Plain.of(',"frames":null');
const CULPRIT = before("culprit");
const ENDS = before("ends");

const KIND = before("kind");
const ADDRESS = before("address");
const FUNCTION = before("function");
const OFFSET = before("offset");
const ARGUMENTS = before("arguments");
const FILE = before("file");
const LINE = before("line");
const LIBRARY = before("library");
const LOCALS = before("locals");
const VALUE = before("value");

const FORMAT = before("format");
const TIME = before("time");
const SEVERITY = before("severity");
const TID = before("tid");
const MODULE = before("module");
const SOURCE = before("source");
const CODE = before("code");
const MESSAGE = before("message");
const FIELDS = before("fields");
const CRASH = Plain.of(',"crash":true');
const NO_CRASH = Plain.of(',"crash":false');

const RANGE = Plain.of(',"range":{"start":{"line":');
const CHARACTER = before("character");
const RANGE_END = Plain.of('},"end":{"line":');
const RANGE_CLOSE = Plain.of("}}");

/**
 * What a reading says as lines of JSON, one object each, with its type and the path of its text. Processes and records,
 * nearly all of a report, are written property by property: the same as `toSource` has, in its order.
 */
export class ReportLines {
  private readonly json = new JsonBytes();
  private readonly path: string;
  private readonly pathJson: Plain;
  private readonly range: ToRange;
  private readonly codesOf: CodesOf;
  private readonly words = new Map<string, Plain>();

  constructor(path: string, range: ToRange, codesOf: CodesOf) {
    this.path = path;
    this.pathJson = Plain.ofString(path);
    this.range = range;
    this.codesOf = codesOf;
  }

  /** Anything else in its public form. */
  item(type: string, item: object): void {
    this.json.value({ type, path: this.path, ...item });
    this.json.endLine(END);
  }

  /** All but the sections, and of the problems those that are wanted. */
  reading(reading: Reading, isWanted: (code: string) => boolean): void {
    const text = reading.processes[0]?.threads[0]?.frames[0]?.text;
    if (text !== undefined) this.json.from(text, this.codesOf);
    for (const process of reading.processes) this.process(process);
    for (const record of reading.records) this.record(record);
    for (const table of reading.tables) this.item("table", toTable(table, this.range));
    for (const problem of reading.problems)
      if (isWanted(problem.code)) this.item("problem", toProblem(problem, this.range));
  }

  finish(): readonly Bytes[] {
    return this.json.finish();
  }

  private process({ pid, program, signal, gdb, span, threads }: Process): void {
    const { json } = this;
    json.put(PROCESS);
    json.put(this.pathJson);
    json.put(PID);
    json.number(pid);
    json.put(PROGRAM);
    json.string(program);
    json.put(SIGNAL);
    json.string(signal);
    json.put(GDB);
    json.string(gdb);
    this.place(span);
    json.put(THREADS);
    for (let i = 0; i < threads.length; i++) {
      if (i > 0) json.put(COMMA);
      this.thread(threads[i] as Thread);
    }
    json.endLine(END_PROCESS);
  }

  private thread({ number, id, lwp, name, crashed, span, frames, ends }: Thread): void {
    const { json } = this;
    json.put(NUMBER);
    json.number(number);
    json.put(ID);
    json.string(id);
    json.put(LWP);
    json.number(lwp);
    json.put(NAME);
    json.string(name);
    json.put(crashed ? CRASHED : NOT_CRASHED);
    this.place(span);
    this.frames(frames);
    json.put(CULPRIT);
    json.number(culpritIndex(frames));
    json.put(ENDS);
    json.string(ends);
    json.put(CLOSE_OBJECT);
  }

  private frames(frames: readonly Frame[] | null): void {
    const { json } = this;
    if (frames === null) {
      json.put(NO_FRAMES);
      return;
    }
    json.put(FRAMES);
    for (let i = 0; i < frames.length; i++) {
      if (i > 0) json.put(COMMA);
      this.frame(frames[i] as Frame);
    }
    json.put(CLOSE_LIST);
  }

  private frame(frame: Frame): void {
    const { json } = this;
    const { text } = frame;
    json.put(NUMBER);
    json.number(frame.number);
    json.put(KIND);
    this.word(frame.kind);
    json.put(ADDRESS);
    json.string(frame.address);
    json.put(FUNCTION);
    if (frame.reads("function", "??")) json.nothing();
    else this.part(frame, text, "function");
    json.put(OFFSET);
    json.number(frame.offset);
    json.put(ARGUMENTS);
    this.values(frame.readArguments(), text);
    json.put(FILE);
    this.part(frame, text, "file");
    json.put(LINE);
    json.number(frame.line);
    json.put(LIBRARY);
    this.part(frame, text, "library");
    json.put(LOCALS);
    this.values(frame.readLocals(), text);
    this.place(frame.span);
    json.put(CLOSE_OBJECT);
  }

  /** One of the few words of the program's own. */
  private word(text: string): void {
    let plain = this.words.get(text);
    if (plain === undefined) {
      plain = Plain.ofString(text);
      this.words.set(text, plain);
    }
    this.json.put(plain);
  }

  private part(frame: Frame, text: string, name: FramePart): void {
    const from = frame.from(name);
    if (from < 0) this.json.nothing();
    else this.json.piece(text, from, frame.to(name));
  }

  /** Their names and values stand in the text. */
  private values(values: readonly NamedValue[] | null, text: string): void {
    const { json } = this;
    if (values === null) {
      json.nothing();
      return;
    }
    json.put(OPEN_LIST);
    for (let i = 0; i < values.length; i++) {
      const { nameSpan, valueSpan } = values[i] as NamedValue;
      json.put(i > 0 ? NEXT_NAME : FIRST_NAME);
      json.piece(text, nameSpan.from, nameSpan.to);
      json.put(VALUE);
      json.piece(text, valueSpan.from, valueSpan.to);
      json.put(CLOSE_OBJECT);
    }
    json.put(CLOSE_LIST);
  }

  private record(record: LogRecord): void {
    const { json } = this;
    json.put(RECORD);
    json.put(this.pathJson);
    json.put(FORMAT);
    this.word(record.format);
    json.put(KIND);
    this.word(record.kind);
    json.put(TIME);
    json.string(record.time);
    json.put(SEVERITY);
    json.string(record.severity);
    json.put(PID);
    json.number(record.pid);
    json.put(TID);
    json.string(record.tid);
    json.put(MODULE);
    json.string(record.module);
    json.put(SOURCE);
    this.source(record.source);
    json.put(CODE);
    json.string(record.code);
    json.put(MESSAGE);
    json.string(record.message);
    json.put(FIELDS);
    this.fields(record.fields);
    json.put(record.crash ? CRASH : NO_CRASH);
    json.put(CULPRIT);
    json.number(record.culprit);
    this.frames(record.frames);
    this.place(record.span);
    json.endLine(END_OBJECT);
  }

  private source(source: LogRecord["source"]): void {
    if (source === null) this.json.nothing();
    else this.json.value(source);
  }

  private fields(fields: LogRecord["fields"]): void {
    const { json } = this;
    json.put(OPEN_OBJECT);
    let between = NONE;
    for (const name in fields) {
      const value = fields[name];
      json.put(between);
      json.string(name);
      json.put(COLON);
      if (typeof value === "string") json.string(value);
      else if (typeof value === "number") json.number(value);
      else json.value(value);
      between = COMMA;
    }
    json.put(CLOSE_OBJECT);
  }

  private place(span: Span): void {
    const { start, end } = this.range(span);
    const { json } = this;
    json.put(RANGE);
    json.number(start.line);
    json.put(CHARACTER);
    json.number(start.character);
    json.put(RANGE_END);
    json.number(end.line);
    json.put(CHARACTER);
    json.number(end.character);
    json.put(RANGE_CLOSE);
  }
}
