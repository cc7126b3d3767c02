// The 24 powers of exp(iπ/12) by radicals. Owns that table; the caller gives √2 and √3 as polynomials of its ring.

import type { Budget } from "../budget.ts";
import * as P from "./polynomial.ts";

const gaussian = (re: bigint, im: bigint, den: bigint): P.Polynomial => P.constantPolynomial({ re, im, den });
const UNIT_POWERS = [gaussian(1n, 0n, 1n), gaussian(0n, 1n, 1n), gaussian(-1n, 0n, 1n), gaussian(0n, -1n, 1n)];

/** exp(iπ·k/12), not reduced: i^a · exp(iπ/3)^b · exp(iπ/4)^c with 6a + 4b + 3c = k modulo 24. */
export function twelfthTurn(k: number, sqrt2: P.Polynomial, sqrt3: P.Polynomial, budget: Budget): P.Polynomial {
  const turn = ((k % 24) + 24) % 24;
  const c = turn % 2;
  const b = [0, 1, 2].find((candidate) => (turn + 24 - 3 * c - 4 * candidate) % 6 === 0)!;
  const a = (turn + 24 - 3 * c - 4 * b) / 6;
  let result = UNIT_POWERS[a % 4]!;
  const third = P.add(gaussian(1n, 0n, 2n), P.multiply(gaussian(0n, 1n, 2n), sqrt3, budget), budget);
  for (let j = 0; j < b; j++) result = P.multiply(result, third, budget);
  return c === 0 ? result : P.multiply(result, P.multiply(gaussian(1n, 1n, 2n), sqrt2, budget), budget);
}
