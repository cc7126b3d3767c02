// Products of linear factors to expand, and quadratics to factor: polynomials, their spelling and their factors. Knows no wordings and
// no trace.

import { gcd } from "../../division.ts";
import { joinTerms, withUnit } from "../../signed.ts";

/** px + q. */
export type Linear = readonly [p: number, q: number];

/** Coefficients from the highest power down. */
export type Polynomial = readonly number[];

/** k·(p₁x+q₁)(p₂x+q₂)…, to be written without brackets. */
export interface Expansion {
  readonly task: "expand";
  readonly letter: string;
  readonly k: number;
  readonly factors: readonly Linear[];
}

/** ax²+bx+c with a > 0 and rational roots, to be written as a product. */
export interface Factorization {
  readonly task: "factor";
  readonly letter: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type Problem = Expansion | Factorization;

/** The terms of a polynomial, zeros left out: `["3x^2", "-x", "5"]`. */
export function termsOf(polynomial: Polynomial, x: string): string[] {
  const degree = polynomial.length - 1;
  return polynomial.flatMap((c, i) => (c === 0 ? [] : [monomial(c, degree - i, x)]));
}

/** `3x^2`, `-x`, `5`. */
export const monomial = (c: number, degree: number, x: string): string =>
  degree === 0 ? String(c) : withUnit(c, degree === 1 ? x : `${x}^${degree}`);

export const spell = (polynomial: Polynomial, x: string): string => joinTerms(termsOf(polynomial, x));

/** `3(x+2)(2x-5)`, `(x+3)^2`, `x(x+5)`: equal neighbours as a power. */
export function spellProduct(k: number, factors: readonly Linear[], x: string): string {
  const brackets: string[] = [];
  for (let i = 0; i < factors.length; i++) {
    const text = bracket(factors[i]!, x);
    const isSquare = i + 1 < factors.length && bracket(factors[i + 1]!, x) === text;
    brackets.push(isSquare ? `${text}^2` : text);
    if (isSquare) i++;
  }
  return (k === 1 ? "" : k === -1 ? "-" : String(k)) + brackets.join("");
}

const bracket = ([p, q]: Linear, x: string): string => (q === 0 && p === 1 ? x : `(${spell([p, q], x)})`);

export function multiply(first: Polynomial, second: Polynomial): number[] {
  const product = new Array<number>(first.length + second.length - 1).fill(0);
  first.forEach((c, i) => {
    second.forEach((d, j) => {
      product[i + j]! += c * d;
    });
  });
  return product;
}

/** The expansion's result. */
export const expanded = ({ k, factors }: Expansion): Polynomial =>
  factors.reduce<Polynomial>((product, factor) => multiply(product, factor), [k]);

/** A pair whose product is a·c and whose sum is b, the one that is smaller without its sign first; undefined where there is none. */
export function splitMiddle(a: number, b: number, c: number): [m: number, n: number] | undefined {
  const product = a * c;
  for (let d = 1; d * d <= Math.abs(product); d++) {
    if (product % d !== 0) continue;
    const e = Math.abs(product) / d;
    const sign = b < 0 ? -1 : 1;
    const [m, n] = product > 0 ? [sign * d, sign * e] : [-sign * d, sign * e];
    if (m + n === b) return [m, n];
  }
  return undefined;
}

/** The common factor and the linear factors of ax²+bx+c in the order in which the reasoning finds them; undefined where it has none. */
export function factored({ a, b, c }: Factorization): { k: number; factors: Linear[] } | undefined {
  const k = gcd(gcd(a, Math.abs(b)), Math.abs(c));
  const [p, q, r] = [a / k, b / k, c / k];
  if (r === 0)
    return {
      k,
      factors: [
        [1, 0],
        [p, q],
      ],
    };
  const pair = splitMiddle(p, q, r);
  if (pair === undefined) return undefined;
  const [m, n] = pair;
  if (p === 1)
    return {
      k,
      factors: [
        [1, m],
        [1, n],
      ],
    };
  const first = gcd(p, Math.abs(m));
  const second = gcd(Math.abs(n), Math.abs(r)) * Math.sign(n);
  return {
    k,
    factors: [
      [first, second],
      [p / first, m / first],
    ],
  };
}
