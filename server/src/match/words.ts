import { announceWords } from "../find/mentions/mentions";
import type { Condition } from "./condition";
import { expression } from "./expression";

/** Has the texts gone through once for all words that these conditions need. */
export function announceConditions(conditions: () => readonly Condition[]): void {
  announceWords(() => conditions().flatMap(wordsIfSound));
}

/** What is wrong with a condition shows where it is matched, and is nobody else's trouble. */
function wordsIfSound(condition: Condition): readonly string[] {
  try {
    return wordsOf(condition);
  } catch {
    return [];
  }
}

/** Of each pattern, the words of which one stands in every line or message that it matches. */
function wordsOf(condition: Condition): readonly string[] {
  if ("line" in condition) {
    const { required, spellings } = expression(condition.line);
    return required ?? spellings ?? [];
  }
  if ("log" in condition) {
    const { message } = condition.log;
    return (message === undefined ? null : expression(message).required) ?? [];
  }
  return partsOf(condition).flatMap(wordsOf);
}

function partsOf(condition: Condition): readonly Condition[] {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  if ("none" in condition) return condition.none;
  return "of" in condition ? condition.of : [];
}
