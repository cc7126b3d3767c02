// Greatest common divisors and least common multiples of written whole numbers: `gcd(84,360)=2*2*3=12`. Owns the reading of these two
// functions in a line; what stands between the equals signs is compared by the kernel.

import type { Verdict } from "@lemma/protocol";
import { equivalent } from "../equivalent.ts";
import { proved, unknown } from "../verdict.ts";

const CALL = /\b(gcd|lcm)\(([\d\s,]+)\)/gi;
/** Longer numbers are left alone: nobody writes them into such a line. */
const DIGITS = 30;

/** The greatest common divisor of two whole numbers from 0 up. */
export function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

/** The value of a call; undefined where an argument is missing, too long, or lcm has a 0. */
function callValue(name: string, list: string): bigint | undefined {
  const texts = list.split(",").map((text) => text.trim());
  if (texts.length < 2 || texts.some((text) => !/^\d+$/.test(text) || text.length > DIGITS)) return undefined;
  const numbers = texts.map(BigInt);
  if (name === "gcd") return numbers.reduce(greatestDivisor);
  if (numbers.includes(0n)) return undefined;
  return numbers.reduce((a, b) => (a / greatestDivisor(a, b)) * b);
}

/**
 * The verdict on a chain of equalities with `gcd(…)` or `lcm(…)` in it, and the arguments in the order written; undefined for any
 * other line.
 * @example
 * judgeDivisors("gcd(12,18)=2*3=6"); // { verdict: { verdict: "proved", method: "exact" }, numbers: ["12", "18"] }
 * judgeDivisors("lcm(4,6)=24"); // { verdict: { verdict: "refuted", witness: { left: "12", right: "24" } }, numbers: ["4", "6"] }
 */
export function judgeDivisors(line: string): { verdict: Verdict; numbers: string[] } | undefined {
  const numbers: string[] = [];
  let isKnown = true;
  const plain = line.replace(CALL, (_, name: string, list: string) => {
    const value = callValue(name.toLowerCase(), list);
    numbers.push(...(list.match(/\d+/g) ?? []));
    isKnown &&= value !== undefined;
    return `(${value ?? 0})`;
  });
  if (numbers.length === 0) return undefined;
  const sides = plain.split("=");
  if (!isKnown || sides.length < 2) return { verdict: unknown("unsupported"), numbers };
  for (let i = 1; i < sides.length; i++) {
    const verdict = equivalent(sides[i - 1]!, sides[i]!);
    if (verdict.verdict !== "proved") return { verdict, numbers };
  }
  return { verdict: proved(), numbers };
}
