// Definite integrals of polynomials: the antiderivative over one common denominator, and the value. Knows no wordings.

import { gcd } from "../../division.ts";
import { fractionText } from "../../written-fraction.ts";
import { valueAt } from "../../written-value.ts";
import type { DerivativeProblem } from "../derivatives/problem.ts";
import { integrate } from "../integrals/trace.ts";

/** A polynomial to integrate between two bounds. */
export interface DefiniteIntegral extends DerivativeProblem {
  readonly from: number;
  readonly to: number;
}

/** The antiderivative that is 0 at 0, as coefficients over a common denominator: x^3/3-x^2/2 is (2x^3-3x^2)/6. */
export interface Antiderivative {
  readonly coefficients: readonly number[];
  readonly under: number;
}

/** The antiderivative over the least common denominator of its terms. */
export function antiderivative({ terms }: DerivativeProblem): Antiderivative {
  const parts = terms.map(integrate);
  const under = parts.reduce((common, part) => (common * part.under) / gcd(common, part.under), 1);
  const coefficients = Array.from({ length: Math.max(...parts.map(({ term }) => term.n)) + 1 }, () => 0);
  for (const { term, under: own } of parts) coefficients[term.n]! += (term.c * under) / own;
  return { coefficients, under };
}

/** The integral, over a common denominator that need not be the least. */
export function integral(problem: DefiniteIntegral): { over: number; under: number } {
  const { coefficients, under } = antiderivative(problem);
  return { over: valueAt(coefficients, problem.to) - valueAt(coefficients, problem.from), under };
}

/** The integral in lowest terms. */
export function integralText(problem: DefiniteIntegral): string {
  const { over, under } = integral(problem);
  return fractionText(over, under);
}
