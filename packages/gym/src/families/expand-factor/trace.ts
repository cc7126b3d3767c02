// The reasoning of expanding (each term by each, then equal powers together) and of factoring (common factor, the pair with the right
// product and sum, two groups). Owns these lines.

import { gcd, gcdLines } from "../../division.ts";
import { joinTerms, operand, sumSides } from "../../signed.ts";
import {
  type Expansion,
  expanded,
  type Factorization,
  factored,
  type Linear,
  monomial,
  multiply,
  type Polynomial,
  type Problem,
  spell,
  spellProduct,
  splitMiddle,
} from "./problem.ts";

/** Reasoning from the question's expression to the answer. */
export const trace = (problem: Problem): string[] =>
  problem.task === "expand" ? expansion(problem) : factorization(problem);

function expansion(problem: Expansion): string[] {
  const { letter: x, k, factors } = problem;
  const whole = spellProduct(k, factors, x);
  const lines: string[] = [];
  if (whole.includes("^2"))
    lines.push(`${whole}=${k === 1 ? "" : k}${factors.map((f) => `(${spell(f, x)})`).join("")}`);
  let product: Polynomial = factors[0]!;
  factors.slice(1).forEach((factor, i) => {
    lines.push(...productLines(product, factor, x));
    product = multiply(product, factor);
    if (i + 2 < factors.length || k !== 1)
      lines.push(`${spellProduct(1, factors.slice(0, i + 2), x)}=${spell(product, x)}`);
  });
  if (k !== 1) lines.push(...productLines([k], product, x));
  return [...lines, `${whole}=${spell(expanded(problem), x)}`];
}

/** Each term by each, `2x*(-5)=-10x`, then what has the same power, `-10x+12x=12x-10x=2x`. */
function productLines(first: Polynomial, second: Polynomial, x: string): string[] {
  const lines: string[] = [];
  const found = new Map<number, number[]>();
  first.forEach((c, i) => {
    second.forEach((d, j) => {
      if (c === 0 || d === 0) return;
      const [left, right] = [first.length - 1 - i, second.length - 1 - j];
      lines.push(`${monomial(c, left, x)}*${operand(monomial(d, right, x))}=${monomial(c * d, left + right, x)}`);
      found.set(left + right, [...(found.get(left + right) ?? []), c * d]);
    });
  });
  for (const [degree, [p, q]] of found)
    if (q !== undefined) lines.push(sumSides(p!, "+", q, degree === 0 ? "" : monomial(1, degree, x)).join("="));
  return lines;
}

function factorization(problem: Factorization): string[] {
  const { letter: x, a, b, c } = problem;
  const whole = spell([a, b, c], x);
  const lines: string[] = [];
  const k = commonFactor(lines, [a, b, c]);
  const inner = [a / k, b / k, c / k] as const;
  if (k > 1) lines.push(`${whole}=${k}(${spell(inner, x)})`);
  const found = factored(problem);
  if (found === undefined) return lines;
  const product = spellProduct(1, found.factors, x);
  if (inner[2] === 0) lines.push(`${spell(inner, x)}=${product}`);
  else {
    const pair = findPair(lines, inner);
    if (inner[0] === 1) lines.push([spell(inner, x), ...squareSides(found.factors, x)].join("="));
    else lines.push(...groups(inner, pair, found.factors, x));
  }
  if (k > 1) lines.push(`${whole}=${spellProduct(k, found.factors, x)}`);
  return lines;
}

/** `(x+3)(x+3)=(x+3)^2` where both factors are equal. */
function squareSides(factors: readonly Linear[], x: string): string[] {
  const plain = factors.map((factor) => spellProduct(1, [factor], x)).join("");
  const short = spellProduct(1, factors, x);
  return plain === short ? [plain] : [plain, short];
}

/** The greatest common factor of the coefficients, with the quotients where it is not 1. */
function commonFactor(lines: string[], coefficients: readonly number[]): number {
  const [first = 1, ...others] = coefficients.filter((c) => c !== 0).map(Math.abs);
  let common = first;
  for (const other of others) {
    if (common === 1) break;
    lines.push(...gcdLines(common, other));
    common = gcd(common, other);
  }
  if (common > 1) for (const c of [first, ...others]) lines.push(`${c}/${common}=${c / common}`);
  return common;
}

/** Tries the factor pairs of a·c in turn until the sum (or difference) is b, then writes the pair with its signs. */
function findPair(lines: string[], [a, b, c]: readonly [number, number, number]): [number, number] {
  const [m, n] = splitMiddle(a, b, c)!;
  const product = a * c;
  const size = Math.abs(product);
  if (a > 1) lines.push(`${a}*${operand(c)}=${product}`);
  for (let d = 1; d <= Math.abs(m); d++) {
    if (size % d !== 0) continue;
    const e = size / d;
    lines.push(`${size}=${d}*${e}`, product > 0 ? `${d}+${e}=${d + e}` : `${e}-${d}=${e - d}`);
  }
  if (m < 0 || n < 0) lines.push(sumSides(m, "+", n).join("="));
  return [m, n];
}

/** The middle term split by the pair, each half as a product with the same bracket, the bracket taken out. */
function groups(
  [a, b, c]: readonly [number, number, number],
  [m, n]: readonly [number, number],
  factors: readonly Linear[],
  x: string,
): string[] {
  const [[first, second], shared] = factors as [Linear, Linear];
  const whole = spell([a, b, c], x);
  const halves = [spell([a, m, 0], x), spell([n, c], x)] as const;
  const products = [
    `${monomial(first, 1, x)}(${spell(shared, x)})`,
    `${second === 1 ? "" : second === -1 ? "-" : second}(${spell(shared, x)})`,
  ] as const;
  const lines = [`${whole}=${joinTerms(halves)}`];
  lines.push(...gcdLines(a, Math.abs(m)), ...quotients([a, Math.abs(m)], first), `${halves[0]}=${products[0]}`);
  const size = Math.abs(second);
  lines.push(
    ...gcdLines(Math.abs(n), Math.abs(c)),
    ...quotients([Math.abs(n), Math.abs(c)], size),
    `${halves[1]}=${products[1]}`,
  );
  return [...lines, [whole, joinTerms(products), ...squareSides(factors, x)].join("=")];
}

const quotients = (numbers: readonly number[], by: number): string[] =>
  by === 1 ? [] : numbers.map((n) => `${n}/${by}=${n / by}`);
