// Which lock a question was about: `p *(pthread_mutex_t *)0x7f..`, `p *lock`, `p second->__data.__owner`, `p lock_b`.
import type { Frame } from "../../read/frame";
import type { Process, Prompt, Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { lastAtOrBefore } from "../../read/span";
import { pointerIn } from "./pointer";

/** A question that is printed; other commands that name the lock ask nothing about its owner. */
const command =
  /^(?:p|pr|pri|prin|print|inspect|call|output)(?:\/[a-z]{1,2})?[ \t]+([^ \t\r\n].*|)$/;
const ending = /(?:(?:->|\.)_M_mutex)?(?:->|\.)__data(?:(?:->|\.)__(?:owner|cur_writer))?$/;

/** What is printed, without the way down to the owner: `*lock`, `lock`, `lock_b`; null for other commands. */
export function subjectOf(question: string): string | null {
  const expression = command.exec(question.trim())?.[1];
  return expression === undefined ? null : unwrapped(expression.trim().replace(ending, ""));
}

/** The address that the subject itself says: a cast, or a number. */
export function addressIn(subject: string): string | null {
  const found = /0x[0-9a-f]{3,16}\b/i.exec(subject);
  return found ? (pointerIn(found[0])?.address ?? null) : null;
}

/** The address behind `*lock` or `lock`, where the frame that was selected shows such a variable. */
export function addressBehind(subject: string, frame: Frame | null): string | null {
  const name = /^\*?[ \t]{0,4}([a-z_]\w{0,80})$/i.exec(subject)?.[1];
  if (name === undefined || frame === null) return null;
  const values = [...(frame.arguments ?? []), ...(frame.locals ?? [])];
  const value = values.find((candidate) => candidate.name === name)?.value;
  return value === undefined ? null : (pointerIn(value)?.address ?? null);
}

/** The frame that was selected where this place of the text was printed: the first one behind `frame 4`, `up`, `thread 2`. */
export function selectedFrame(reading: Reading, process: Process, at: number): Frame | null {
  const chosen = selections(reading);
  const prompt = chosen[lastAtOrBefore(chosen, at, ({ span }) => span.from)];
  if (!prompt || prompt.span.from < process.span.from) return null;
  const frames = inDocumentOrder(process);
  const frame = frames[lastAtOrBefore(frames, prompt.span.to, ({ span }) => span.from) + 1];
  return frame && frame.span.from < at ? frame : null;
}

/** Commands behind which gdb prints the frame that is selected from then on. */
const selection =
  /^(?:frame|f|up|down|thread|t|run|r|start|continue|c|step|s|next|n|finish|attach)\b(?! (?:apply|find|name)\b)/;

const selections = oncePer((reading: Reading): readonly Prompt[] =>
  reading.prompts.filter(({ command: { from, to } }) =>
    selection.test(reading.clean.text.slice(from, Math.min(to, from + 20))),
  ),
);

const inDocumentOrder = oncePer((process: Process): readonly Frame[] =>
  process.threads
    .flatMap(({ frames, views }) => [...frames, ...views])
    .sort((one, other) => one.span.from - other.span.from),
);

/** The addresses that somebody asked gdb about, whether or not it could answer. */
export const askedAddresses = oncePer((reading: Reading): ReadonlySet<string> => {
  const { text } = reading.clean;
  const addresses = reading.prompts.flatMap(({ command: { from, to } }) => {
    const asked = text.slice(from, Math.min(to, from + 300));
    return looking.test(asked) ? (addressIn(asked) ?? []) : [];
  });
  return new Set(addresses);
});

const looking = /^(?:p|print|inspect|call|output|x)(?:\/\w{1,6})?[ \t]/;

function unwrapped(expression: string): string {
  let inside = expression;
  while (inside.startsWith("(") && inside.endsWith(")") && !inside.slice(1, -1).includes(")")) {
    inside = inside.slice(1, -1).trim();
  }
  return inside;
}
