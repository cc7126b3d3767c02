// Quadratic equations ax^2+bx+c=0 with a > 0: discriminant, real roots and spelling. Knows no wordings and no trace.

import { gcd } from "../../division.ts";
import { joinTerms, withUnit } from "../../signed.ts";

/** Whole coefficients, a from 1 up. */
export interface Quadratic {
  readonly letter: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const discriminant = ({ a, b, c }: Quadratic): number => b * b - 4 * a * c;

/** `3`, `-1/2`: a quotient in lowest terms. */
export function fractionText(over: number, under: number): string {
  const common = gcd(Math.abs(over), under);
  return under === common ? String(over / common) : `${over / common}/${under / common}`;
}

/** The real roots, the one with the plus sign first; one where they are equal, undefined where they are irrational. */
export function roots(problem: Quadratic): string[] | undefined {
  const { a, b } = problem;
  const d = discriminant(problem);
  if (d < 0) return [];
  const root = Math.round(Math.sqrt(d));
  if (root * root !== d) return undefined;
  return (root === 0 ? [0] : [root, -root]).map((s) => fractionText(s - b, 2 * a));
}

/** `2x^2`, `-x`, `7`; zero terms are left out unless `zeros` asks for them. */
export function terms({ letter: x, a, b, c }: Quadratic, zeros = false): string[] {
  const all = [
    [a, `${x}^2`],
    [b, x],
    [c, ""],
  ] as const;
  return all
    .filter(([value]) => zeros || value !== 0)
    .map(([value, unit]) => (unit === "" ? String(value) : value === 0 ? `0${unit}` : withUnit(value, unit)));
}

/** The equation with all its terms on the left, zeros too: `x^2+0x-9=0`. */
export const standardForm = (problem: Quadratic): string => `${joinTerms(terms(problem, true))}=0`;
