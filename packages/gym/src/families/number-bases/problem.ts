// Numerals in bases 2 to 16 without words: their values, how they are spelled, and what a problem on them is. Owns the plain
// solution; must not know wordings or reasoning.

/** One numeral to write in base `to`, or two to add in their own base. Digits above 9 are capital letters; no zeros stand in front. */
export interface BaseProblem {
  readonly numerals: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The digits of all bases, in the order of their values. */
export const DIGITS = "0123456789ABCDEF";

/** Bases from 2 to this one are known. */
export const LARGEST_BASE = 16;

const NAMES: Readonly<Record<string, number>> = {
  two: 2,
  binary: 2,
  二: 2,
  eight: 8,
  octal: 8,
  八: 8,
  ten: 10,
  decimal: 10,
  十: 10,
  sixteen: 16,
  hexadecimal: 16,
  hex: 16,
  十六: 16,
};

/** The base that a name or number means: 16 for `hexadecimal`, `sixteen`, `十六`, `16`; NaN for any other word. */
export const baseNamed = (name: string): number => NAMES[name.toLowerCase()] ?? Number(name);

/** The value of a numeral; undefined where a digit does not belong to the base. */
export function valueIn(numeral: string, base: number): number | undefined {
  let value = 0;
  for (const letter of numeral.toUpperCase()) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0 || digit >= base) return undefined;
    value = value * base + digit;
  }
  return numeral === "" ? undefined : value;
}

/**
 * The numeral of a whole number from 0 up.
 * @example
 * numeralIn(419, 16) // "1A3"
 */
export function numeralIn(value: number, base: number): string {
  let numeral = "";
  for (let rest = value; rest > 0 || numeral === ""; rest = Math.floor(rest / base))
    numeral = DIGITS[rest % base]! + numeral;
  return numeral;
}

/** The value of the number that is asked for. */
export const totalOf = ({ numerals, from }: BaseProblem): number =>
  numerals.reduce((sum, numeral) => sum + valueIn(numeral, from)!, 0);

/** The numeral that is asked for. */
export const answerOf = (problem: BaseProblem): string => numeralIn(totalOf(problem), problem.to);

/** The kind of a problem. */
export function cellOf({ numerals, from, to }: BaseProblem): string {
  if (numerals.length > 1) return "sum";
  if (to === 10) return "to decimal";
  return from === 10 ? "from decimal" : "between bases";
}
