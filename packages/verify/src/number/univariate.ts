// Dense polynomials in one variable over the rationals, and the exact position of their real roots by Sturm chains. Index = exponent; the
// last coefficient is not zero; the zero polynomial is empty.

import { type Budget, bitLength } from "../budget.ts";
import * as Q from "./rational.ts";

export type Univariate = readonly Q.Rational[];

/** A real root between two rationals (low = high where it is rational and was hit). The bounds themselves are no other roots. */
export interface RootInterval {
  readonly low: Q.Rational;
  readonly high: Q.Rational;
}

function trim(values: Q.Rational[]): Univariate {
  while (values.length > 0 && values.at(-1)!.n === 0n) values.pop();
  return values;
}

export const degree = (p: Univariate): number => p.length - 1;
export const constant = (value: Q.Rational): Univariate => trim([value]);
export const VARIABLE: Univariate = [Q.ZERO, Q.ONE];

export function add(a: Univariate, b: Univariate): Univariate {
  return trim(Array.from({ length: Math.max(a.length, b.length) }, (_, k) => Q.add(a[k] ?? Q.ZERO, b[k] ?? Q.ZERO)));
}

export const scale = (a: Univariate, by: Q.Rational): Univariate => trim(a.map((value) => Q.mul(value, by)));

/** The cost of one operation on the coefficients: 1 for machine-sized numbers. */
function weight(p: Univariate): number {
  let bits = 0;
  for (const value of p) bits = Math.max(bits, bitLength(value.n), bitLength(value.d));
  return 1 + (bits * bits) / 65_536;
}

export function multiply(a: Univariate, b: Univariate, budget: Budget): Univariate {
  if (a.length === 0 || b.length === 0) return [];
  budget.spend(a.length * b.length * weight(a));
  const product: Q.Rational[] = new Array(a.length + b.length - 1).fill(Q.ZERO);
  for (const [i, x] of a.entries())
    for (const [j, y] of b.entries()) product[i + j] = Q.add(product[i + j]!, Q.mul(x, y));
  return trim(product);
}

function divide(a: Univariate, b: Univariate, budget: Budget): { quotient: Univariate; rest: Univariate } {
  const rest = [...a];
  const quotient: Q.Rational[] = new Array(Math.max(0, a.length - b.length + 1)).fill(Q.ZERO);
  const lead = Q.inverse(b.at(-1)!);
  budget.spend(Math.max(1, a.length - b.length + 1) * b.length * (weight(a) + weight(b)));
  for (let k = a.length - b.length; k >= 0; k--) {
    const factor = Q.mul(rest[k + b.length - 1]!, lead);
    quotient[k] = factor;
    if (factor.n !== 0n) for (const [j, value] of b.entries()) rest[k + j] = Q.sub(rest[k + j]!, Q.mul(factor, value));
  }
  return { quotient: trim(quotient), rest: trim(rest.slice(0, Math.max(0, b.length - 1))) };
}

/** What is left of a after division by b. */
export const remainder = (a: Univariate, b: Univariate, budget: Budget): Univariate => divide(a, b, budget).rest;

/** As a person writes it, highest power first. @example toText([7, 1, 1], "x") // "x^2+x+7" */
export function toText(p: Univariate, unknown: string): string {
  const terms = p.map((value, k) => {
    if (value.n === 0n) return "";
    const power = k === 0 ? "" : k === 1 ? unknown : `${unknown}^${k}`;
    const size = Q.toText(Q.abs(value));
    const factor = power !== "" && size === "1" ? "" : power !== "" && value.d !== 1n ? `(${size})` : size;
    return `${value.n < 0n ? "-" : "+"}${factor}${power}`;
  });
  return terms.reverse().join("").replace(/^\+/, "") || "0";
}

export function derivative(p: Univariate): Univariate {
  return trim(p.slice(1).map((value, k) => Q.mul(value, Q.fromInteger(k + 1))));
}

/** Scaled by a positive number to whole coefficients without common factor: signs stay, numbers stay small. */
function primitive(p: Univariate): Univariate {
  if (p.length === 0) return p;
  let denominator = 1n;
  for (const value of p) denominator = (denominator / Q.gcd(denominator, value.d)) * value.d;
  let common = 0n;
  for (const value of p) common = Q.gcd(common, value.n * (denominator / value.d));
  return p.map((value) => Q.rational((value.n * (denominator / value.d)) / common));
}

export function gcd(a: Univariate, b: Univariate, budget: Budget): Univariate {
  let [x, y] = [primitive(a), primitive(b)];
  while (y.length > 0) [x, y] = [y, primitive(divide(x, y, budget).rest)];
  return x;
}

/** The polynomial without repeated factors. */
export function squareFree(p: Univariate, budget: Budget): Univariate {
  return degree(p) < 2 ? primitive(p) : primitive(divide(p, gcd(p, derivative(p), budget), budget).quotient);
}

/** Multiplies in the factors of b that a does not have yet; both square-free. */
export function merge(a: Univariate, b: Univariate, budget: Budget): Univariate {
  return primitive(multiply(a, divide(b, gcd(a, b, budget), budget).quotient, budget));
}

export function valueAt(p: Univariate, x: Q.Rational): Q.Rational {
  let value = Q.ZERO;
  for (let k = p.length - 1; k >= 0; k--) value = Q.add(Q.mul(value, x), p[k]!);
  return value;
}

/** The Sturm chain of a square-free polynomial. */
export function sturmChain(p: Univariate, budget: Budget): Univariate[] {
  const chain = [primitive(p), primitive(derivative(p))];
  while (degree(chain.at(-1)!) > 0) {
    const { rest } = divide(chain.at(-2)!, chain.at(-1)!, budget);
    if (rest.length === 0) break;
    chain.push(primitive(scale(rest, Q.MINUS_ONE)));
  }
  return chain;
}

function signChanges(chain: readonly Univariate[], x: Q.Rational): number {
  let changes = 0;
  let before = 0;
  for (const p of chain) {
    const sign = Q.sign(valueAt(p, x));
    if (sign !== 0 && before !== 0 && sign !== before) changes++;
    if (sign !== 0) before = sign;
  }
  return changes;
}

/** The number of roots in (low, high]. */
export const countRoots = (chain: readonly Univariate[], low: Q.Rational, high: Q.Rational): number =>
  signChanges(chain, low) - signChanges(chain, high);

const midpoint = (a: Q.Rational, b: Q.Rational): Q.Rational => Q.mul(Q.add(a, b), Q.HALF);

/** All real roots of a square-free polynomial, ascending, in disjoint intervals. */
export function isolateRoots(p: Univariate, budget: Budget): RootInterval[] {
  if (degree(p) < 1) return [];
  const chain = sturmChain(p, budget);
  let bound = Q.ONE;
  for (const value of p) bound = Q.add(bound, Q.abs(Q.div(value, p.at(-1)!)));
  const limit = Q.fromInteger(Q.floor(bound) + 1n);
  const found: RootInterval[] = [];
  const search = (low: Q.Rational, high: Q.Rational, count: number): void => {
    if (count === 0) return;
    budget.spend(p.length * p.length * weight([high, ...p]));
    if (Q.isZero(valueAt(p, high))) {
      // The upper end is a root itself: take it out and search on below it.
      if (count > 1) search(low, beside(chain, low, high, count), count - 1);
      found.push({ low: high, high });
      return;
    }
    if (count === 1 && !Q.isZero(valueAt(p, low))) {
      found.push({ low, high });
      return;
    }
    const middle = midpoint(low, high);
    const left = countRoots(chain, low, middle);
    search(low, middle, left);
    search(middle, high, count - left);
  };
  search(Q.neg(limit), limit, countRoots(chain, Q.neg(limit), limit));
  return found;
}

/** A point below `high` that leaves all other roots of (low, high] below it. */
function beside(chain: readonly Univariate[], low: Q.Rational, high: Q.Rational, count: number): Q.Rational {
  let point = midpoint(low, high);
  while (countRoots(chain, low, point) !== count - 1) point = midpoint(point, high);
  return point;
}

/** Halves the interval of a root of p. */
export function refine(p: Univariate, root: RootInterval): RootInterval {
  if (Q.equal(root.low, root.high)) return root;
  const middle = midpoint(root.low, root.high);
  const sign = Q.sign(valueAt(p, middle));
  if (sign === 0) return { low: middle, high: middle };
  return sign === Q.sign(valueAt(p, root.low)) ? { low: middle, high: root.high } : { low: root.low, high: middle };
}
