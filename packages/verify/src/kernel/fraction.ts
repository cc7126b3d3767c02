// Quotients of polynomials over a ring. The denominator stays a product of factors, so that sums of quotients with common factors do
// not grow and no greatest common divisor is needed for a zero test.

import { Unsupported } from "../budget.ts";
import * as K from "./coefficient.ts";
import { divideExactly, gcd } from "./divide.ts";
import * as P from "./polynomial.ts";
import type { Ring } from "./ring.ts";

interface Factor {
  readonly key: string;
  readonly polynomial: P.Polynomial;
  readonly exponent: number;
}

/** over / ∏ polynomial^exponent. The factors are monic, not constant, pairwise different. */
export interface Fraction {
  readonly over: P.Polynomial;
  readonly under: readonly Factor[];
}

export const fraction = (over: P.Polynomial): Fraction => ({ over, under: [] });
export const F_ZERO: Fraction = fraction(P.P_ZERO);
export const F_ONE: Fraction = fraction(P.P_ONE);

export const isZero = (a: Fraction): boolean => P.isZero(a.over);

/** The value of a constant fraction; undefined for any other. */
export const constantOf = (a: Fraction): K.Coefficient | undefined =>
  a.under.length === 0 ? P.constantOf(a.over) : undefined;

function missing(have: readonly Factor[], want: readonly Factor[]): Factor[] {
  const result: Factor[] = [];
  for (const factor of want) {
    const exponent = factor.exponent - (have.find((other) => other.key === factor.key)?.exponent ?? 0);
    if (exponent > 0) result.push({ ...factor, exponent });
  }
  return result;
}

function timesFactors(p: P.Polynomial, factors: readonly Factor[], ring: Ring): P.Polynomial {
  let result = p;
  for (const factor of factors) {
    for (let k = 0; k < factor.exponent; k++) result = ring.multiply(result, factor.polynomial);
  }
  return result;
}

export function add(a: Fraction, b: Fraction, ring: Ring): Fraction {
  if (P.isZero(a.over)) return b;
  if (P.isZero(b.over)) return a;
  if (a.under.length === 0 && b.under.length === 0) return fraction(P.add(a.over, b.over, ring.budget));
  const forA = missing(a.under, b.under);
  const forB = missing(b.under, a.under);
  const over = P.add(timesFactors(a.over, forA, ring), timesFactors(b.over, forB, ring), ring.budget);
  return { over, under: mergeFactors(a.under, forA) };
}

function mergeFactors(a: readonly Factor[], b: readonly Factor[]): Factor[] {
  const merged = new Map<string, Factor>(a.map((factor) => [factor.key, factor]));
  for (const factor of b) {
    const present = merged.get(factor.key);
    merged.set(
      factor.key,
      present === undefined ? factor : { ...factor, exponent: present.exponent + factor.exponent },
    );
  }
  return [...merged.values()];
}

export const negate = (a: Fraction): Fraction => ({ over: P.negate(a.over), under: a.under });

export function multiply(a: Fraction, b: Fraction, ring: Ring): Fraction {
  const over = ring.multiply(a.over, b.over);
  if (a.under.length === 0 && b.under.length === 0) return fraction(over);
  return P.isZero(over) ? F_ZERO : cancel({ over, under: mergeFactors(a.under, b.under) }, ring);
}

/** Divides out denominator factors that divide the numerator as they stand. */
function cancel(a: Fraction, ring: Ring): Fraction {
  if (a.under.length === 0) return a;
  let { over } = a;
  const under: Factor[] = [];
  for (const factor of a.under) {
    let { exponent } = factor;
    while (exponent > 0) {
      const quotient = hasNegativeExponent(over) ? undefined : divideExactly(over, factor.polynomial, ring.budget);
      if (quotient === undefined) break;
      over = quotient;
      exponent--;
    }
    if (exponent > 0) under.push({ ...factor, exponent });
  }
  return { over, under };
}

function hasNegativeExponent(p: P.Polynomial): boolean {
  for (const term of p.values())
    for (let i = 1; i < term.monomial.length; i += 2) if (term.monomial[i]! < 0) return true;
  return false;
}

/** 1/a; Unsupported where a is zero everywhere. */
export function invert(a: Fraction, ring: Ring): Fraction {
  if (P.isZero(a.over)) throw new Unsupported("a division by zero");
  const over = timesFactors(P.P_ONE, a.under, ring);
  const { unit, factors } = split(a.over, ring);
  return { over: ring.multiply(over, unit), under: factors };
}

/**
 * 1/p = unit / ∏ factors: constants and never-zero generators go to the unit, powers with a rule are rationalised, other monomials and the
 * rest become factors.
 */
function split(p: P.Polynomial, ring: Ring): { unit: P.Polynomial; factors: Factor[] } {
  const common = P.commonMonomial(p);
  let unit: P.Polynomial = P.P_ONE;
  let factors: Factor[] = [];
  const include = (more: Factor[]): void => {
    factors = mergeFactors(factors, more);
  };
  for (let i = 0; i < common.length; i += 2) {
    const index = common[i]!;
    const exponent = common[i + 1]!;
    const { kind } = ring.generator(index).meaning;
    const rational = kind === "modulus" || kind === "odd-root" ? ring.rationalised(index, exponent) : undefined;
    if (rational !== undefined) {
      unit = ring.multiply(unit, rational.over);
      const below = split(rational.under, ring);
      unit = ring.multiply(unit, below.unit);
      include(below.factors);
    } else if (kind === "exponential" || kind === "turn" || kind === "turn-of-pi" || kind === "prime") {
      unit = ring.multiply(unit, P.monomialPolynomial([index, -exponent]));
    } else {
      const polynomial = P.generatorPolynomial(index);
      include([{ key: P.polynomialKey(polynomial), polynomial, exponent }]);
    }
  }
  const rest = P.timesMonomial(p, P.invertMonomial(common));
  const inverse = K.inverse(P.leadingTerm(rest)!.coefficient);
  const polynomial = P.scale(rest, inverse);
  if (P.constantOf(polynomial) === undefined) {
    include([{ key: P.polynomialKey(polynomial), polynomial, exponent: 1 }]);
  }
  return { unit: ring.multiply(unit, P.constantPolynomial(inverse)), factors };
}

export function power(a: Fraction, k: number, ring: Ring): Fraction {
  if (k < 0) return power(invert(a, ring), -k, ring);
  let result = F_ONE;
  let square = a;
  for (let rest = k; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square, ring);
    if (rest > 1) square = multiply(square, square, ring);
  }
  return result;
}

/** Numerator and denominator as polynomials with non-negative exponents, without common divisor, the denominator monic. */
export function lowestTerms(a: Fraction, ring: Ring): { over: P.Polynomial; under: P.Polynomial } {
  const under = timesFactors(P.P_ONE, a.under, ring);
  if (P.constantOf(under) !== undefined) return { over: a.over, under };
  const shift = P.invertMonomial(negativePart(P.commonMonomial(a.over)));
  const over = P.timesMonomial(a.over, shift);
  const common = gcd(over, under, ring.budget);
  const reducedUnder = divideExactly(under, common, ring.budget)!;
  const lead = P.leadingTerm(reducedUnder)!;
  const scale = K.inverse(lead.coefficient);
  const reducedOver = P.scale(divideExactly(over, common, ring.budget)!, scale);
  return { over: P.timesMonomial(reducedOver, P.invertMonomial(shift)), under: P.scale(reducedUnder, scale) };
}

function negativePart(m: P.Monomial): P.Monomial {
  const result: number[] = [];
  for (let i = 0; i < m.length; i += 2) if (m[i + 1]! < 0) result.push(m[i]!, m[i + 1]!);
  return result;
}
