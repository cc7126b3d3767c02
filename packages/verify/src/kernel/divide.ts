// Exact division and greatest common divisors of polynomials with non-negative exponents, treating all generators as independent.
// Sound for reduced arithmetic too: an identity between polynomials stays one after any reduction of generators.

import type { Budget } from "../budget.ts";
import * as K from "./coefficient.ts";
import * as P from "./polynomial.ts";

/** a/b where the division leaves no rest, else undefined. Both have non-negative exponents and b ≠ 0. */
export function divideExactly(a: P.Polynomial, b: P.Polynomial, budget: Budget): P.Polynomial | undefined {
  if (P.isZero(a)) return P.P_ZERO;
  const lead = P.leadingTerm(b)!;
  const inverse = K.inverse(lead.coefficient);
  let rest = a;
  let quotient: P.Polynomial = P.P_ZERO;
  while (!P.isZero(rest)) {
    const top = P.leadingTerm(rest)!;
    const monomial = P.multiplyMonomials(top.monomial, P.invertMonomial(lead.monomial));
    for (let i = 1; i < monomial.length; i += 2) if (monomial[i]! < 0) return undefined;
    const factor = P.monomialPolynomial(monomial, K.mul(top.coefficient, inverse));
    quotient = P.add(quotient, factor, budget);
    rest = P.subtract(rest, P.multiply(factor, b, budget), budget);
  }
  return quotient;
}

/** a = quotient·b + rest where no term of the rest is divisible by the leading monomial of b. Terms with negative exponents stay in the rest. */
export function divideWithRest(
  a: P.Polynomial,
  b: P.Polynomial,
  budget: Budget,
): { quotient: P.Polynomial; rest: P.Polynomial } {
  const lead = P.leadingTerm(b)!;
  const inverse = K.inverse(lead.coefficient);
  let open = a;
  let quotient: P.Polynomial = P.P_ZERO;
  let rest: P.Polynomial = P.P_ZERO;
  while (!P.isZero(open)) {
    const top = P.leadingTerm(open)!;
    const monomial = P.multiplyMonomials(top.monomial, P.invertMonomial(lead.monomial));
    const term = P.monomialPolynomial(top.monomial, top.coefficient);
    if (monomial.some((value, i) => i % 2 === 1 && value < 0)) {
      rest = P.add(rest, term, budget);
      open = P.subtract(open, term, budget);
      continue;
    }
    const factor = P.monomialPolynomial(monomial, K.mul(top.coefficient, inverse));
    quotient = P.add(quotient, factor, budget);
    open = P.subtract(open, P.multiply(factor, b, budget), budget);
  }
  return { quotient, rest };
}

/** The polynomial scaled so that its leading coefficient is 1. */
export function monic(p: P.Polynomial): P.Polynomial {
  const lead = P.leadingTerm(p);
  return lead === undefined || K.isOne(lead.coefficient) ? p : P.scale(p, K.inverse(lead.coefficient));
}

/** Coefficients by power of one generator: index = exponent. */
export function coefficientsIn(p: P.Polynomial, generator: number): P.Polynomial[] {
  const parts: Map<string, P.Term>[] = [];
  for (const term of p.values()) {
    const exponent = P.exponentOf(term.monomial, generator);
    while (parts.length <= exponent) parts.push(new Map());
    const monomial = P.withoutGenerator(term.monomial, generator);
    parts[exponent]!.set(monomial.join(","), { monomial, coefficient: term.coefficient });
  }
  return parts;
}

function degreeIn(p: P.Polynomial, generator: number): number {
  let degree = P.isZero(p) ? -1 : 0;
  for (const term of p.values()) degree = Math.max(degree, P.exponentOf(term.monomial, generator));
  return degree;
}

function contentIn(p: P.Polynomial, generator: number, budget: Budget): P.Polynomial {
  let content: P.Polynomial = P.P_ZERO;
  for (const part of coefficientsIn(p, generator)) {
    if (P.isZero(part)) continue;
    content = P.isZero(content) ? monic(part) : gcd(content, part, budget);
    if (P.constantOf(content) !== undefined) return P.P_ONE;
  }
  return content;
}

/** The greatest common divisor, monic; both arguments have non-negative exponents. */
export function gcd(a: P.Polynomial, b: P.Polynomial, budget: Budget): P.Polynomial {
  if (P.isZero(a)) return monic(b);
  if (P.isZero(b)) return monic(a);
  if (P.constantOf(a) !== undefined || P.constantOf(b) !== undefined) return P.P_ONE;
  const inA = P.generatorsOf(a);
  const inB = new Set(P.generatorsOf(b));
  const main = inA.find((generator) => inB.has(generator));
  if (main === undefined) return P.P_ONE;
  // A generator of one side only: the divisor divides that side's coefficients.
  const onlyA = inA.find((generator) => !inB.has(generator));
  if (onlyA !== undefined) return gcd(contentIn(a, onlyA, budget), b, budget);
  const setA = new Set(inA);
  const onlyB = [...inB].find((generator) => !setA.has(generator));
  if (onlyB !== undefined) return gcd(a, contentIn(b, onlyB, budget), budget);

  const contentA = contentIn(a, main, budget);
  const contentB = contentIn(b, main, budget);
  const content = gcd(contentA, contentB, budget);
  let x = divideExactly(a, contentA, budget)!;
  let y = divideExactly(b, contentB, budget)!;
  if (degreeIn(x, main) < degreeIn(y, main)) [x, y] = [y, x];
  while (degreeIn(y, main) > 0) {
    const rest = pseudoRemainder(x, y, main, budget);
    if (P.isZero(rest)) return monic(P.multiply(content, y, budget));
    x = y;
    y = monic(divideExactly(rest, contentIn(rest, main, budget), budget)!);
  }
  return P.isZero(y) ? monic(P.multiply(content, x, budget)) : monic(content);
}

function pseudoRemainder(a: P.Polynomial, b: P.Polynomial, generator: number, budget: Budget): P.Polynomial {
  const degree = degreeIn(b, generator);
  const lead = coefficientsIn(b, generator)[degree]!;
  let rest = a;
  for (let d = degreeIn(rest, generator); d >= degree && !P.isZero(rest); d = degreeIn(rest, generator)) {
    const top = coefficientsIn(rest, generator)[d]!;
    const shift = P.generatorPolynomial(generator, d - degree);
    const subtrahend = P.multiply(P.multiply(top, b, budget), d === degree ? P.P_ONE : shift, budget);
    rest = P.subtract(P.multiply(rest, lead, budget), subtrahend, budget);
  }
  return rest;
}

/** The derivative with respect to a generator. */
export function derivative(p: P.Polynomial, generator: number): P.Polynomial {
  const result = new Map<string, P.Term>();
  for (const term of p.values()) {
    const exponent = P.exponentOf(term.monomial, generator);
    if (exponent === 0) continue;
    const monomial = P.multiplyMonomials(term.monomial, [generator, -1]);
    const coefficient = K.mul(term.coefficient, { re: BigInt(exponent), im: 0n, den: 1n });
    result.set(monomial.join(","), { monomial, coefficient });
  }
  return result;
}

/** Square-free factors with multiplicities: p = constant · ∏ factor^multiplicity, factors monic. Non-negative exponents. */
export function squareFree(p: P.Polynomial, budget: Budget): { factor: P.Polynomial; multiplicity: number }[] {
  const generators = P.generatorsOf(p);
  const main = generators[0];
  if (main === undefined) return [];
  const content = contentIn(p, main, budget);
  const found = P.constantOf(content) === undefined ? squareFree(content, budget) : [];
  let rest = monic(divideExactly(p, content, budget)!);
  let repeated = gcd(rest, derivative(rest, main), budget);
  let simple = divideExactly(rest, repeated, budget)!;
  for (let multiplicity = 1; P.constantOf(simple) === undefined; multiplicity++) {
    const next = gcd(simple, repeated, budget);
    const factor = monic(divideExactly(simple, next, budget)!);
    if (P.constantOf(factor) === undefined) found.push({ factor, multiplicity });
    simple = next;
    rest = repeated;
    repeated = divideExactly(rest, next, budget)!;
  }
  return found;
}
