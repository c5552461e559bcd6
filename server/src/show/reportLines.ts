import { culpritIndex } from "../frames/culprit";
import type { Frame, FramePart } from "../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../read/model";
import type { Span } from "../read/span";
import type { NamedValue } from "../read/values";
import { type Bytes, JsonBytes } from "./jsonBytes";
import { type ToRange, toProblem, toTable } from "./toSource";

/**
 * What a reading says as lines of JSON, one object each, with its type and the path of its text. Processes and records,
 * nearly all of a report, are written property by property: the same as `toSource` has, in its order.
 */
export class ReportLines {
  private readonly json = new JsonBytes();
  private readonly path: string;
  private readonly range: ToRange;

  constructor(path: string, range: ToRange) {
    this.path = path;
    this.range = range;
  }

  /** Anything else in its public form. */
  item(type: string, item: object): void {
    this.json.value({ type, path: this.path, ...item });
    this.json.endLine();
  }

  /** All but the sections, and of the problems those that are wanted. */
  reading(reading: Reading, isWanted: (code: string) => boolean): void {
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
    json.raw('{"type":"process","path":');
    json.string(this.path);
    json.raw(',"pid":');
    json.number(pid);
    json.raw(',"program":');
    json.string(program);
    json.raw(',"signal":');
    json.string(signal);
    json.raw(',"gdb":');
    json.string(gdb);
    this.place(span);
    json.raw(',"threads":[');
    for (const [i, thread] of threads.entries()) {
      if (i > 0) json.raw(",");
      this.thread(thread);
    }
    json.raw("]}");
    json.endLine();
  }

  private thread({ number, id, lwp, name, crashed, span, frames, ends }: Thread): void {
    const { json } = this;
    json.raw('{"number":');
    json.number(number);
    json.raw(',"id":');
    json.string(id);
    json.raw(',"lwp":');
    json.number(lwp);
    json.raw(',"name":');
    json.string(name);
    json.raw(crashed ? ',"crashed":true' : ',"crashed":false');
    this.place(span);
    this.frames(frames);
    json.raw(',"culprit":');
    json.number(culpritIndex(frames));
    json.raw(',"ends":');
    json.string(ends);
    json.raw("}");
  }

  private frames(frames: readonly Frame[] | null): void {
    const { json } = this;
    if (frames === null) {
      json.raw(',"frames":null');
      return;
    }
    json.raw(',"frames":[');
    for (const [i, frame] of frames.entries()) {
      if (i > 0) json.raw(",");
      this.frame(frame);
    }
    json.raw("]");
  }

  private frame(frame: Frame): void {
    const { json } = this;
    const values = frame.readValues();
    json.raw('{"number":');
    json.number(frame.number);
    json.raw(',"kind":');
    json.string(frame.kind);
    json.raw(',"address":');
    json.string(frame.address);
    json.raw(',"function":');
    this.part(frame, frame.reads("function", "??") ? null : "function");
    json.raw(',"offset":');
    json.number(frame.offset);
    json.raw(',"arguments":');
    this.values(values.arguments, frame.text);
    json.raw(',"file":');
    this.part(frame, "file");
    json.raw(',"line":');
    json.number(frame.line);
    json.raw(',"library":');
    this.part(frame, "library");
    json.raw(',"locals":');
    this.values(values.locals, frame.text);
    this.place(frame.span);
    json.raw("}");
  }

  private part(frame: Frame, name: FramePart | null): void {
    const span = name && frame.part(name);
    if (span) this.json.piece(frame.text, span.from, span.to);
    else this.json.raw("null");
  }

  /** Their names and values stand in the text. */
  private values(values: readonly NamedValue[] | null, text: string): void {
    const { json } = this;
    if (values === null) {
      json.raw("null");
      return;
    }
    json.raw("[");
    for (const [i, { nameSpan, valueSpan }] of values.entries()) {
      json.raw(i > 0 ? ',{"name":' : '{"name":');
      json.piece(text, nameSpan.from, nameSpan.to);
      json.raw(',"value":');
      json.piece(text, valueSpan.from, valueSpan.to);
      json.raw("}");
    }
    json.raw("]");
  }

  private record(record: LogRecord): void {
    const { json } = this;
    json.raw('{"type":"record","path":');
    json.string(this.path);
    json.raw(',"format":');
    json.string(record.format);
    json.raw(',"kind":');
    json.string(record.kind);
    json.raw(',"time":');
    json.string(record.time);
    json.raw(',"severity":');
    json.string(record.severity);
    json.raw(',"pid":');
    json.number(record.pid);
    json.raw(',"tid":');
    json.string(record.tid);
    json.raw(',"module":');
    json.string(record.module);
    json.raw(',"source":');
    this.source(record.source);
    json.raw(',"code":');
    json.string(record.code);
    json.raw(',"message":');
    json.string(record.message);
    json.raw(',"fields":');
    this.fields(record.fields);
    json.raw(record.crash ? ',"crash":true' : ',"crash":false');
    json.raw(',"culprit":');
    json.number(record.culprit);
    this.frames(record.frames);
    this.place(record.span);
    json.raw("}");
    json.endLine();
  }

  private source(source: LogRecord["source"]): void {
    if (source === null) this.json.raw("null");
    else this.json.value(source);
  }

  private fields(fields: LogRecord["fields"]): void {
    const { json } = this;
    let before = "{";
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      json.raw(before);
      json.string(name);
      json.raw(":");
      if (typeof value === "string") json.string(value);
      else if (typeof value === "number") json.number(value);
      else json.value(value);
      before = ",";
    }
    json.raw(before === "{" ? "{}" : "}");
  }

  private place(span: Span): void {
    const { start, end } = this.range(span);
    const { json } = this;
    json.raw(',"range":{"start":{"line":');
    json.number(start.line);
    json.raw(',"character":');
    json.number(start.character);
    json.raw('},"end":{"line":');
    json.number(end.line);
    json.raw(',"character":');
    json.number(end.character);
    json.raw("}}");
  }
}
