import type { Value } from "../find/finding";
import type { ValueTest } from "./condition";
import { matchesText } from "./names";

const COMPARISON = /^(>=|<=|!=|>|<|=) ?(-?\d{1,15}(?:\.\d{1,6})?)$/;

/** Does a value pass the test? Fields that are missing count as null. */
export function passes(test: ValueTest, value: Value | undefined): boolean {
  if (test === null) return value === null || value === undefined;
  if (value === null || value === undefined) return false;
  if (typeof test !== "string") return test === value;
  if (test === "known") return true;
  const comparison = COMPARISON.exec(test);
  if (comparison) return compares(comparison[1] as string, asNumber(value), Number(comparison[2]));
  return asTexts(value).some((text) => matchesText(test, text));
}

/** Text, or each of a list of texts. */
function asTexts(value: Value): string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  return typeof value === "object" ? [] : [String(value)];
}

/** A number as it stands or in the text's hexadecimal; how many for a list. */
function asNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.length;
  return typeof value === "string" && /^(?:0x[0-9a-f]+|\d+(?:\.\d+)?)$/.test(value)
    ? Number(value)
    : Number.NaN;
}

function compares(sign: string, value: number, limit: number): boolean {
  switch (sign) {
    case ">=":
      return value >= limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case "<":
      return value < limit;
    case "!=":
      return value !== limit;
    default:
      return value === limit;
  }
}
