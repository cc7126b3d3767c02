// Sparse polynomials in numbered generators over the Gaussian rationals. Exponents are integers and may be negative (exponential
// generators are units). Owns ring arithmetic; what a generator means, and which of its powers reduce, is ring.ts.
//
// A monomial is a flat array [generator, exponent, generator, exponent, …] with ascending generators and no zero exponent; its key is
// that array joined by commas. A polynomial maps keys to terms and holds no zero coefficient.

import { type Budget, bitLength } from "../budget.ts";
import type { Rational } from "../number/rational.ts";
import * as K from "./coefficient.ts";

export type Monomial = readonly number[];

export interface Term {
  readonly monomial: Monomial;
  readonly coefficient: K.Coefficient;
}

export type Polynomial = ReadonlyMap<string, Term>;

export const P_ZERO: Polynomial = new Map();
export const P_ONE: Polynomial = constantPolynomial(K.C_ONE);

export function constantPolynomial(value: K.Coefficient): Polynomial {
  return K.isZero(value) ? new Map() : new Map([["", { monomial: [], coefficient: value }]]);
}

export const rationalPolynomial = (value: Rational): Polynomial => constantPolynomial(K.coefficient(value));

/** The generator to a power. */
export function generatorPolynomial(generator: number, exponent = 1): Polynomial {
  return monomialPolynomial([generator, exponent]);
}

export function monomialPolynomial(monomial: Monomial, coefficient: K.Coefficient = K.C_ONE): Polynomial {
  return new Map([[monomial.join(","), { monomial, coefficient }]]);
}

export const isZero = (p: Polynomial): boolean => p.size === 0;

/** The value of a constant polynomial; undefined for any other. */
export function constantOf(p: Polynomial): K.Coefficient | undefined {
  if (p.size === 0) return K.C_ZERO;
  return p.size === 1 ? p.get("")?.coefficient : undefined;
}

function accumulate(into: Map<string, Term>, key: string, monomial: Monomial, coefficient: K.Coefficient): void {
  const present = into.get(key);
  if (present === undefined) {
    into.set(key, { monomial, coefficient });
    return;
  }
  const sum = K.add(present.coefficient, coefficient);
  if (K.isZero(sum)) into.delete(key);
  else into.set(key, { monomial, coefficient: sum });
}

export function add(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  budget.spend(a.size + b.size);
  const sum = new Map(a);
  for (const [key, term] of b) accumulate(sum, key, term.monomial, term.coefficient);
  return sum;
}

export function scale(a: Polynomial, by: K.Coefficient): Polynomial {
  if (K.isZero(by)) return P_ZERO;
  if (K.isOne(by)) return a;
  const result = new Map<string, Term>();
  for (const [key, term] of a) result.set(key, { monomial: term.monomial, coefficient: K.mul(term.coefficient, by) });
  return result;
}

export const negate = (a: Polynomial): Polynomial => scale(a, { re: -1n, im: 0n, den: 1n });

export const subtract = (a: Polynomial, b: Polynomial, budget: Budget): Polynomial => add(a, negate(b), budget);

export function multiplyMonomials(a: Monomial, b: Monomial): Monomial {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const product: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const ga = i < a.length ? a[i]! : Infinity;
    const gb = j < b.length ? b[j]! : Infinity;
    if (ga < gb) {
      product.push(ga, a[i + 1]!);
      i += 2;
    } else if (gb < ga) {
      product.push(gb, b[j + 1]!);
      j += 2;
    } else {
      const exponent = a[i + 1]! + b[j + 1]!;
      if (exponent !== 0) product.push(ga, exponent);
      i += 2;
      j += 2;
    }
  }
  return product;
}

/** How costly one product of coefficients is: 1 for machine-sized numbers. */
function weight(p: Polynomial): number {
  let bits = 0;
  let seen = 0;
  for (const term of p.values()) {
    bits = Math.max(bits, bitLength(term.coefficient.re), bitLength(term.coefficient.den));
    if (++seen === 3) break;
  }
  return 1 + bits / 256;
}

/** The product, without reduction of algebraic generators. */
export function multiply(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  if (a.size === 0 || b.size === 0) return P_ZERO;
  budget.spend(a.size * b.size * (a.size * b.size > 1 ? weight(a) + weight(b) - 1 : 1));
  const product = new Map<string, Term>();
  for (const left of a.values()) {
    for (const right of b.values()) {
      const monomial = multiplyMonomials(left.monomial, right.monomial);
      accumulate(product, monomial.join(","), monomial, K.mul(left.coefficient, right.coefficient));
    }
  }
  return product;
}

/** The exponent of a generator in a monomial, 0 where it is absent. */
export function exponentOf(monomial: Monomial, generator: number): number {
  for (let i = 0; i < monomial.length; i += 2) if (monomial[i] === generator) return monomial[i + 1]!;
  return 0;
}

export function withoutGenerator(monomial: Monomial, generator: number): Monomial {
  const rest: number[] = [];
  for (let i = 0; i < monomial.length; i += 2) if (monomial[i] !== generator) rest.push(monomial[i]!, monomial[i + 1]!);
  return rest;
}

/** All generators that occur, ascending. */
export function generatorsOf(p: Polynomial): number[] {
  const found = new Set<number>();
  for (const term of p.values()) for (let i = 0; i < term.monomial.length; i += 2) found.add(term.monomial[i]!);
  return [...found].sort((x, y) => x - y);
}

/** The monomial that divides all terms (the least exponent of each generator, negative ones too). */
export function commonMonomial(p: Polynomial): Monomial {
  let common: Monomial | undefined;
  for (const term of p.values()) common = common === undefined ? term.monomial : minimum(common, term.monomial);
  return common ?? [];
}

function minimum(a: Monomial, b: Monomial): Monomial {
  const generators = new Set<number>();
  for (let i = 0; i < a.length; i += 2) generators.add(a[i]!);
  for (let i = 0; i < b.length; i += 2) generators.add(b[i]!);
  const result: number[] = [];
  for (const generator of [...generators].sort((x, y) => x - y)) {
    const exponent = Math.min(exponentOf(a, generator), exponentOf(b, generator));
    if (exponent !== 0) result.push(generator, exponent);
  }
  return result;
}

export const invertMonomial = (m: Monomial): Monomial => m.map((value, index) => (index % 2 === 0 ? value : -value));

export function timesMonomial(p: Polynomial, by: Monomial): Polynomial {
  if (by.length === 0) return p;
  const result = new Map<string, Term>();
  for (const term of p.values()) {
    const monomial = multiplyMonomials(term.monomial, by);
    result.set(monomial.join(","), { monomial, coefficient: term.coefficient });
  }
  return result;
}

/** Terms in a fixed order: by generator, higher exponents first. The first is the leading term. */
export function sortedTerms(p: Polynomial): Term[] {
  return [...p.values()].sort((a, b) => compareMonomials(b.monomial, a.monomial));
}

/** Lexicographic order of monomials: the lower-numbered generator weighs more. */
export function compareMonomials(a: Monomial, b: Monomial): number {
  for (let i = 0; i < a.length || i < b.length; i += 2) {
    const ga = i < a.length ? a[i]! : Infinity;
    const gb = i < b.length ? b[i]! : Infinity;
    if (ga < gb) return a[i + 1]! > 0 ? 1 : -1;
    if (gb < ga) return b[i + 1]! > 0 ? -1 : 1;
    if (a[i + 1] !== b[i + 1]) return a[i + 1]! - b[i + 1]!;
  }
  return 0;
}

export function leadingTerm(p: Polynomial): Term | undefined {
  let best: Term | undefined;
  for (const term of p.values()) {
    if (best === undefined || compareMonomials(term.monomial, best.monomial) > 0) best = term;
  }
  return best;
}

/** A text that equal polynomials share. */
export function polynomialKey(p: Polynomial): string {
  return sortedTerms(p)
    .map((term) => `${K.key(term.coefficient)}*${term.monomial.join(",")}`)
    .join("+");
}
