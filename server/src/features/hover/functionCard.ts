import { frameLabel } from "../../find/groups";
import type { ExtraMachinery } from "../../frames/culprit";
import { culpritIndex } from "../../frames/culprit";
import { type FrameFact, frameFact } from "../../frames/facts";
import { roleLabel, roleMeaning, roleState } from "../../frames/roles";
import type { Reading } from "../../read/model";
import { plural } from "../../words/plural";
import type { FramePlace } from "../locate";
import { stacksWith } from "../stackCounts";
import { code, dotted, paragraphs, plain } from "./markdown";
import { namelessCard } from "./namelessCard";
import { signalHandlerCard } from "./signalHandlerCard";

/** What the function of a frame does, and what it means to see it here. */
export function functionCard(reading: Reading, place: FramePlace, extra: ExtraMachinery): string {
  const { frame } = place;
  if (frame.kind === "signal-handler") return signalHandlerCard(place);
  if (frame.function === null) return namelessCard(reading, place);
  const fact = frameFact(frame.function, frame.library);
  return paragraphs([
    dotted([`**${code(frame.function)}**`, fact && plain(roleLabel(fact.role))]),
    fact ? plain(fact.explain) : UNKNOWN,
    fact && isTelling(place, fact) ? plain(roleMeaning(fact.role)) : null,
    culpritNote(place, extra),
    viewNote(place),
    inlineNote(place),
    dotted([stackCount(reading, place), ...source(fact)]),
  ]);
}

const UNKNOWN =
  "Not in the knowledge base: most likely a function of the program itself or of a module.";

/** The meaning of a role is that of the innermost frame; a lock or a failure tells something wherever it stands. */
function isTelling({ frame, stack }: FramePlace, { role }: FrameFact): boolean {
  const state = roleState(role);
  return state === "waits" || state === "fails" || stack[0] === frame;
}

function culpritNote({ frame, stack, thread }: FramePlace, extra: ExtraMachinery): string | null {
  const index = culpritIndex(stack, extra);
  if (index === null || stack[index] !== frame) return null;
  const words = thread?.crashed ? "Most likely at fault" : "Look here first";
  return `**${words}:** the innermost frame that is more than C library, lock or run-time code.`;
}

function viewNote({ frame, isView }: FramePlace): string | null {
  if (!isView) return null;
  const number = frame.number ?? 0;
  return `The session shows frame ${number} here once more; it is counted once.`;
}

function inlineNote({ frame }: FramePlace): string | null {
  if (frame.kind !== "inline") return null;
  return "Inlined: the compiler put this function's code into its caller, the next frame.";
}

const CONFIDENCE: Readonly<Record<FrameFact["confidence"], string>> = {
  "source-checked": "checked against the source",
  "partly-checked": "partly checked against the source",
  general: "general knowledge",
};

function source(fact: FrameFact | null): (string | null)[] {
  if (fact === null) return [];
  return [
    plain(fact.library),
    CONFIDENCE[fact.confidence],
    fact.reference && plain(fact.reference),
  ];
}

function stackCount(reading: Reading, { frame }: FramePlace): string | null {
  const count = stacksWith(reading, frameLabel(frame));
  return count > 1 ? `on ${plural(count, ["stack", "stacks"])} of this text` : null;
}
