// The reasoning of divisibility. A number is divided by 2, 3, 5, 7, 11 … in turn as long as it goes; whether it goes is seen from the
// last digit (2 and 5) or from a division with remainder. For two numbers the primes of the first are tried on the second. Owns
// these lines.

import { divisionLine } from "../../division.ts";
import { productLines } from "../../products.ts";
import { type DivisorProblem, primeFactors } from "./problem.ts";

/** Reasoning from the numbers to the answer. */
export function trace(problem: DivisorProblem): string[] {
  const lines: string[] = [];
  const factors = divideOut(lines, problem.a);
  if (problem.asks === "factors") return lines;
  const { asks, a, b } = problem;
  const { common, rest } = tryOn(lines, factors, b);
  if (asks === "gcd") {
    lines.push(`gcd(${a},${b})=${common.length === 0 ? "1" : productSides(common).join("=")}`);
    return lines;
  }
  if (rest === 1) return [...lines, `lcm(${a},${b})=${a}`];
  lines.push(`lcm(${a},${b})=${a}*${rest}`, ...productLines(a, rest));
  return lines;
}

/** The next number to try after a prime: the primes, in order. */
function nextPrime(after: number): number {
  for (let n = after + 1; ; n++) if (primeFactors(n).length === 1) return n;
}

/** Divides out every prime factor; ends with the whole product where there is more than one. */
function divideOut(lines: string[], value: number): number[] {
  const factors: number[] = [];
  let rest = value;
  let p = 2;
  while (p * p <= rest) {
    if (divides(lines, p, rest)) {
      rest /= p;
      factors.push(p);
    } else p = nextPrime(p);
  }
  lines.push(`${p}*${p}=${p * p}>${rest}`);
  factors.push(rest);
  if (factors.length > 1) lines.push(`${value}=${factors.join("*")}`);
  return factors;
}

/** Numbers from here up are halved in a written division, as they are divided by any other prime. */
const LONG = 1000;

/** Whether the prime divides the number, with the lines that show it; the quotient stands in the last one. */
function divides(lines: string[], p: number, value: number): boolean {
  const goes = value % p === 0;
  const isSeen = p === 2 || p === 5;
  if (isSeen && !goes) return false;
  if ((!isSeen || value >= LONG) && value >= p) lines.push(divisionLine(value, p));
  if (goes) lines.push(`${value}/${p}=${value / p}`);
  return goes;
}

/** Divides a number by the given primes in turn, each as often as it is given; a prime that once failed is not tried again. */
function tryOn(lines: string[], factors: readonly number[], value: number): { common: number[]; rest: number } {
  const common: number[] = [];
  let rest = value;
  let failed = 1;
  for (const p of factors) {
    if (p === failed || p > rest) continue;
    if (divides(lines, p, rest)) {
      rest /= p;
      common.push(p);
    } else failed = p;
  }
  return { common, rest };
}

/** `2*2*3=4*3=12`: one multiplication a side; two factors beyond ten are multiplied in tens and ones. */
function productSides(factors: readonly number[]): string[] {
  const sides: string[] = [];
  let [product = 1, ...left] = factors;
  sides.push([product, ...left].join("*"));
  while (left.length > 0) {
    const [factor, ...others] = left as [number, ...number[]];
    const tail = others.length === 0 ? "" : `*${others.join("*")}`;
    const ones = factor % 10;
    if (product > 10 && product % 10 > 0 && factor > 10 && ones > 0 && tail === "")
      sides.push(`${product}*${factor - ones}+${product}*${ones}`, `${product * (factor - ones)}+${product * ones}`);
    product *= factor;
    sides.push(`${product}${tail}`);
    left = others;
  }
  return sides;
}
