// Checks option objects: every name must be known and every value of its kind. One table per call says both; defaults and
// meaning belong to the callers.

import { LemmaError } from "@lemma/protocol";

/** What an option must be, in words, and the test. */
export interface OptionRule {
  expected: string;
  accepts: (value: unknown) => boolean;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** A whole number in a range. */
export function whole(low: number, high: number = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  return { expected: `a whole number ${range}`, accepts: (value) => isWhole(value) && value >= low && value <= high };
}

/** A number in a range; `above` excludes the lower end. */
export function number(low: number, high: number, above = false): OptionRule {
  return {
    expected: `a number ${above ? `above ${low} and at most` : `from ${low} to`} ${high}`,
    accepts: (value) => typeof value === "number" && (above ? value > low : value >= low) && value <= high,
  };
}

export const boolean: OptionRule = { expected: "true or false", accepts: (value) => typeof value === "boolean" };
export const string: OptionRule = {
  expected: "a text of at least one character",
  accepts: (value) => typeof value === "string" && value !== "",
};

/** How an unfit value is shown: short, and never more than one line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "object") return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

/**
 * Throws LEMMA_E_OPTION for the first unknown name or unfit value. Values that are undefined count as absent.
 * @example checkOptions({ topP: 2 }, { topP: number(0, 1, true) }); // option "topP": expected …, found 2
 */
export function checkOptions(options: unknown, rules: Readonly<Record<string, OptionRule>>, name = "options"): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new LemmaError("LEMMA_E_OPTION", { option: name, expected: "an object", found: shown(options) });
  }
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const rule = Object.hasOwn(rules, option) ? rules[option] : undefined;
    if (rule === undefined) {
      const expected = `one of ${Object.keys(rules).join(", ")}`;
      throw new LemmaError("LEMMA_E_OPTION", { option, expected, found: "an unknown option" });
    }
    if (!rule.accepts(value))
      throw new LemmaError("LEMMA_E_OPTION", { option, expected: rule.expected, found: shown(value) });
  }
}
