/** Versions from one to another. */
export interface Range {
  readonly from?: string;
  /** The last version of the range. */
  readonly to?: string;
  /** The first version that is no longer meant. */
  readonly before?: string;
}

/** Negative where `a` is the older one. `1.6-dev3` comes before `1.6`, `1.0.2k` behind `1.0.2`. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = weigh(one[i]) - weigh(other[i]);
    if (difference !== 0) return difference;
    const [left = "", right = ""] = [one[i], other[i]];
    if (typeof left === "string" && typeof right === "string" && left !== right)
      return left < right ? -1 : 1;
  }
  return 0;
}

type Part = number | string;

const parts = (version: string): Part[] =>
  (version.match(/\d{1,15}|[a-z]+/gi) ?? []).map((part) =>
    /^\d/.test(part) ? Number(part) : part,
  );

const PRERELEASES: ReadonlySet<string> = new Set(["alpha", "beta", "dev", "pre", "rc"]);

/** A missing part counts as zero, words that announce a version as less than nothing, other letters as a little more. */
function weigh(part: Part | undefined): number {
  if (typeof part === "number") return part;
  if (part === undefined) return 0;
  return PRERELEASES.has(part.toLowerCase()) ? -1 : 0.5;
}

/** `>= 2.34`, `< 2.23`, `>= 1.6-dev3 <= 1.7-dev1`: as notes write the versions that they apply to. */
export const rangeText = ({ from, to, before }: Range): string =>
  [from && `>= ${from}`, to && `<= ${to}`, before && `< ${before}`].filter(Boolean).join(" ");

/** The range that `>= 1.4.0 < 1.4.14` or `1.4.13` stands for; anything else stands for all versions. */
export function parseRange(text: string): Range {
  const comparisons = [...text.matchAll(/(>=|<=|<|=|^) ?(\d[\w.-]{0,40})/g)];
  return comparisons.reduce(
    (range, [, sign, limit = ""]) => common(range, limited(sign, limit)),
    {},
  );
}

function limited(sign: string | undefined, limit: string): Range {
  if (sign === ">=") return { from: limit };
  if (sign === "<=") return { to: limit };
  return sign === "<" ? { before: limit } : { from: limit, to: limit };
}

/** What lies in both ranges. They may have nothing in common; the text then says so itself. */
export function common(one: Range, other: Range): Range {
  const from = later(one.from, other.from);
  const to = earlier(one.to, other.to);
  const before = earlier(one.before, other.before);
  return { ...(from && { from }), ...(to && { to }), ...(before && { before }) };
}

const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? (compareVersions(a, b) >= 0 ? a : b) : (a ?? b);

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? (compareVersions(a, b) <= 0 ? a : b) : (a ?? b);

export const isEmpty = ({ from, to, before }: Range): boolean =>
  from !== undefined &&
  ((before !== undefined && compareVersions(from, before) >= 0) ||
    (to !== undefined && compareVersions(from, to) > 0));
