// Sums, differences and products of two fractions: the problem, its value and its plain spelling. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

/** a/b and c/d; numerators from 0 up, denominators from 1 up (1: a whole number). */
export interface FractionProblem {
  readonly operation: "+" | "-" | "*";
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** `5/6`, or `3` where the denominator is 1. */
export const show = (over: number, under: number): string => (under === 1 ? String(over) : `${over}/${under}`);

/** The problem in plain text: `5/6+3/8`. */
export const spell = ({ operation, a, b, c, d }: FractionProblem): string => `${show(a, b)}${operation}${show(c, d)}`;

/** The value, reduced; the numerator carries the sign. */
export function value({ operation, a, b, c, d }: FractionProblem): [over: number, under: number] {
  const over = operation === "*" ? a * c : operation === "+" ? a * d + c * b : a * d - c * b;
  const common = gcd(Math.abs(over), b * d);
  return [over / common, (b * d) / common];
}
