import type { Finding } from "../find/finding";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import type { Paint } from "./paint";

/** The report shows the stacks themselves, with how many have each and what they are doing. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(["same-stack", "thread-state"]);

const MOST_FINDINGS = 20;

/** The findings that the stacks themselves do not show, those that say the same once. */
export function toldFindings(findings: readonly Finding[]): Finding[] {
  // Two stretches of a log may say the same.
  const told = new Map(
    findings
      .filter(({ kind }) => !SHOWN_ELSEWHERE.has(kind))
      .map((finding) => [finding.summary, finding]),
  );
  return [...told.values()];
}

/** What was counted, compared and put together, one sentence a line; empty where nothing was. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
  const told = toldFindings(findings);
  if (told.length === 0) return "";
  const lines = told
    .slice(0, MOST_FINDINGS)
    .map(
      ({ kind, summary }) => `  ${shorten(printable(summary), 240)} ${paint.faint(`(${kind})`)}`,
    );
  const hidden = told.length - lines.length;
  if (hidden > 0) lines.push(`  ... and ${plural(hidden, ["more finding", "more findings"])}`);
  return `${paint.bold("What follows")}\n${lines.join("\n")}\n`;
}
