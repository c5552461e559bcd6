import type { Suggestion } from "../suggest/suggest";
import { printable } from "../words/printable";
import type { Paint } from "./paint";

/** Commands under what they rest on, with what each finds out. */
export function nextText(suggestions: readonly Suggestion[], paint: Paint): string {
  const groups = new Map<string, Suggestion[]>();
  for (const suggestion of suggestions) {
    const group = groups.get(suggestion.because);
    if (group) group.push(suggestion);
    else groups.set(suggestion.because, [suggestion]);
  }
  return [...groups]
    .map(
      ([because, group]) =>
        `${paint.bold(printable(because))}\n${group.map((each) => line(each, paint)).join("")}`,
    )
    .join("\n");
}

function line({ run, where, why, expect, needs, missing }: Suggestion, paint: Paint): string {
  const prompt = where === "gdb" ? "(gdb) " : "    $ ";
  const remarks = [
    why,
    expect === null ? "" : `Answer: ${expect}`,
    missing.length > 0 ? `Put in: ${missing.join(", ")}.` : "",
    needs.length > 0 ? `Needs: ${needs.join(", ")}.` : "",
  ].filter((remark) => remark !== "");
  const told = remarks.map((remark) => `          ${paint.faint(printable(remark))}\n`);
  return `  ${prompt}${paint.strong(printable(run))}\n${told.join("")}`;
}
