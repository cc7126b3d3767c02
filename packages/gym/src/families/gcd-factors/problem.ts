// Questions of divisibility: what is asked of which numbers, and the value. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

/** The greatest common divisor or least common multiple of a and b, or the prime factors of a; numbers from 2 up. */
export type DivisorProblem =
  | { readonly asks: "gcd" | "lcm"; readonly a: number; readonly b: number }
  | { readonly asks: "factors"; readonly a: number };

/** The prime factors of a number from 2 up, in ascending order, each as often as it divides. */
export function primeFactors(value: number): number[] {
  const factors: number[] = [];
  let rest = value;
  for (let p = 2; p * p <= rest; p++) for (; rest % p === 0; rest /= p) factors.push(p);
  return rest > 1 ? [...factors, rest] : factors;
}

/** What stands in the box: a number, or `2*2*3*7`. */
export function answerOf(problem: DivisorProblem): string {
  if (problem.asks === "factors") return primeFactors(problem.a).join("*");
  const { asks, a, b } = problem;
  return String(asks === "gcd" ? gcd(a, b) : (a / gcd(a, b)) * b);
}
