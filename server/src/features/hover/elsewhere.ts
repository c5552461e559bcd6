import { frameLabel } from "../../find/groups";
import type { Frame } from "../../read/frame";
import type { Reading } from "../../read/model";
import type { NamedValue } from "../../read/values";
import { plural } from "../../words/plural";
import type { FramePlace } from "../locate";
import { numericValue, type Occurrence, occurrences } from "../values";
import { code } from "./markdown";

/** Where else the text has this value, and what that says of it; a sentence each. */
export function elsewhere(reading: Reading, place: FramePlace, value: NamedValue): string[] {
  const number = numericValue(value.value);
  if (number === null) return [];
  const others = occurrences(reading, number).filter(
    (it) => it.span.from !== value.valueSpan.from && !it.place.isView,
  );
  const here = others.filter((it) => it.place.stack === place.stack);
  const stale = staleNote(place, value, here);
  return [
    ...inSameStack(place, value, here),
    ...(stale ? [stale] : []),
    ...inOthers(place, others),
  ];
}

/** Other names of the value in the same stack; most often it was just passed on. */
function inSameStack(
  { frame }: FramePlace,
  value: NamedValue,
  here: readonly Occurrence[],
): string[] {
  const renamed = here.filter((it) => it.name !== value.name);
  const names = unique(
    renamed.map((it) => {
      const where =
        it.place.frame === frame ? "in this frame" : `in frame ${it.place.frame.number}`;
      return `${code(it.name)} ${where}`;
    }),
  );
  return names.length > 0 ? [`The same value is called ${listed(names)}.`] : [];
}

/**
 * Arguments of optimised code are read from registers that may have been used again. That shows where an inner frame
 * gives the same name to another value, and this value to another name.
 */
function staleNote(
  { frame, stack }: FramePlace,
  value: NamedValue,
  here: readonly Occurrence[],
): string | null {
  const inner = stack.slice(0, Math.max(0, stack.indexOf(frame)));
  const twin = inner.find((other) => otherValue(other, value) !== null);
  const reused = here.find((it) => it.name !== value.name && inner.includes(it.place.frame));
  if (!twin || !reused) return null;
  return `**May be stale:** frame ${twin.number} has ${code(`${value.name}=${otherValue(twin, value)}`)}. gdb reads the arguments of optimised code from registers that can have been used again.`;
}

function otherValue(frame: Frame, { name, value }: NamedValue): string | null {
  const twin = frame.arguments?.find((it) => it.name === name);
  const number = twin ? numericValue(twin.value) : null;
  return twin && number !== null && number !== numericValue(value) ? twin.value : null;
}

function inOthers({ stack }: FramePlace, others: readonly Occurrence[]): string[] {
  const outside = others.filter((it) => it.place.stack !== stack);
  const stacks = new Set(outside.map((it) => it.place.stack)).size;
  if (stacks === 0) return [];
  const names = unique(
    outside.map((it) => `${code(it.name)} of ${code(frameLabel(it.place.frame))}`),
  );
  return [`On ${plural(stacks, ["other stack", "other stacks"])} too, as ${listed(names)}.`];
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** More names than these say no more. */
const MOST_NAMES = 4;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  return names.length > shown.length
    ? `${shown.join(", ")} and ${names.length - shown.length} more`
    : shown.join(", ");
}
