import { printable } from "../words/printable";

/** Text from a log as Markdown shows it literally, on one line: it makes no link, image, HTML, table cell or emphasis. */
export function escapeMarkdown(text: string): string {
  const line = printable(text.replace(/[\r\n\t]+/g, " "));
  return line.replace(/[\\`*_{}[\]()#+\-.!|~<>&:@=$^"']/g, "\\$&");
}

/** A fenced block that nothing in the text can close: the fence is longer than any run of backticks. */
export function fencedBlock(text: string, language = "text"): string {
  const runs = text.match(/`+/g) ?? [];
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  const lines = text.split(/\r\n|\r|\n/).map(printable);
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}

/**
 * Text as `escapeMarkdown` has it, for a document whose Markdown people read as it is written: only what could mean
 * something inside a line is escaped, and what could at its start.
 */
export function escapeLightly(text: string): string {
  const line = printable(text.replace(/[\r\n\t]+/g, " "));
  return line
    .replace(/[\\`*[\]<>|~$]|&(?=[a-z#])|:(?=\/\/)|(?<=www)\.|@/gi, "\\$&")
    .replace(/(?<![a-z\d])_|_(?![a-z\d])/gi, "\\_")
    .replace(/^( *)([#+=-]|\d{1,9}(?=[.)]))/, (_, blanks: string, mark: string) =>
      /\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`,
    );
}
