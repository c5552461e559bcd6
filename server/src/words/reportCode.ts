/** `TypeError-3f9a1c`: the kind of error, and a hash of the places that led to it; no word of any text. */
export function reportCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s*at /.test(line));
  const functions = places.slice(0, 5).map((line) => /at ([\w.$<> ]{1,80})/.exec(line)?.[1] ?? "");
  return `${error.name}-${hash(functions.join("|"))}`;
}

function hash(text: string): string {
  let sum = 5381;
  for (let i = 0; i < text.length; i++) sum = (sum * 33 + text.charCodeAt(i)) % 0x1000000;
  return sum.toString(16).padStart(6, "0");
}
