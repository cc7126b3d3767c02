// ln|f| as a rational combination of logarithms of primes and of pairwise coprime polynomials, and from it |f| and every real power.
// Valid because real logarithms turn products into sums wherever both sides are defined. Also owns what the domain tells about signs.

import { Unsupported } from "../budget.ts";
import * as Q from "../number/rational.ts";
import * as K from "./coefficient.ts";
import * as D from "./divide.ts";
import { exponential } from "./exponential.ts";
import * as F from "./fraction.ts";
import * as P from "./polynomial.ts";
import type { Ring } from "./ring.ts";

/** ln|argument|. `isPositive`: the text took a logarithm or an even root of it, so that it is positive where that is defined. */
export function logarithmOf(argument: F.Fraction, isPositive: boolean, ring: Ring): F.Fraction {
  if (F.isZero(argument)) throw new Unsupported("the logarithm of zero");
  const constant = F.constantOf(argument);
  if (isPositive && constant !== undefined && (!K.isReal(constant) || constant.re < 0n)) {
    throw new Unsupported("the logarithm of a negative number");
  }
  const { over, under } = F.lowestTerms(argument, ring);
  const top = logarithmOfPolynomial(over, ring);
  const sum = P.constantOf(under) !== undefined ? top : F.add(top, F.negate(logarithmOfPolynomial(under, ring)), ring);
  if (isPositive) learnSign(P.constantOf(under) === undefined ? ring.multiply(over, under) : over, ring);
  return sum;
}

/** |argument|, by its sign where it is constant. */
export function absolute(argument: F.Fraction, ring: Ring): F.Fraction {
  const constant = F.constantOf(argument);
  if (constant !== undefined && K.isReal(constant)) return constant.re < 0n ? F.negate(argument) : argument;
  return exponential(logarithmOf(argument, false, ring), false, ring);
}

/** base^(n/d) in lowest terms, the real value. Odd d goes through the signed root. */
export function realPower(base: F.Fraction, n: number, d: number, ring: Ring): F.Fraction {
  if (F.isZero(base)) {
    if (n <= 0) throw new Unsupported("zero to a power that is not positive");
    return F.F_ZERO;
  }
  if (d % 2 === 1) {
    return F.power(oddRoot(base, d, ring), n, ring);
  }
  const exponent = F.fraction(P.rationalPolynomial(Q.rational(BigInt(n), BigInt(d))));
  return exponential(F.multiply(exponent, logarithmOf(base, true, ring), ring), false, ring);
}

function logarithmOfPolynomial(p: P.Polynomial, ring: Ring): F.Fraction {
  const common = P.commonMonomial(p);
  const rest = P.timesMonomial(p, P.invertMonomial(common));
  const lead = P.leadingTerm(rest)!.coefficient;
  let sum = logarithmOfCoefficient(lead, ring);
  for (let i = 0; i < common.length; i += 2) {
    const part = logarithmOfGenerator(common[i]!, ring);
    const { unit } = ring.generator(common[i]!);
    sum = F.add(sum, scaled(part, BigInt(common[i + 1]!), BigInt(unit), ring), ring);
  }
  const primitive = P.scale(rest, K.inverse(lead));
  if (P.constantOf(primitive) !== undefined) return sum;
  for (const { factor, multiplicity } of D.squareFree(primitive, ring.budget)) {
    for (const element of overBasis(factor, ring)) {
      sum = F.add(sum, scaled(F.fraction(ring.logarithm(element)), BigInt(multiplicity), 1n, ring), ring);
    }
  }
  return sum;
}

function scaled(value: F.Fraction, n: bigint, d: bigint, ring: Ring): F.Fraction {
  return F.multiply(F.fraction(P.rationalPolynomial(Q.rational(n, d))), value, ring);
}

/** ln|c| of a coefficient by its prime factors; a complex one by half the logarithm of its norm. */
function logarithmOfCoefficient(c: K.Coefficient, ring: Ring): F.Fraction {
  const isReal = K.isReal(c);
  const over = isReal ? (c.re < 0n ? -c.re : c.re) : c.re * c.re + c.im * c.im;
  const under = isReal ? c.den : c.den * c.den;
  let sum = F.F_ZERO;
  const half = isReal ? 1n : 2n;
  const collect = (value: bigint, sign: bigint): void => {
    for (const [prime, exponent] of primeFactors(value, ring)) {
      const generator = ring.logarithm(P.constantPolynomial({ re: prime, im: 0n, den: 1n }));
      sum = F.add(sum, scaled(F.fraction(generator), sign * exponent, half, ring), ring);
    }
  };
  collect(over, 1n);
  collect(under, -1n);
  return sum;
}

const TRIAL_LIMIT = 5000n;

/** Prime factors by trial division; what is left over beyond the limit counts as prime, which is sound. */
function primeFactors(value: bigint, ring: Ring): Map<bigint, bigint> {
  const found = new Map<bigint, bigint>();
  let rest = value;
  for (let p = 2n; p * p <= rest && p < TRIAL_LIMIT; p += p === 2n ? 1n : 2n) {
    ring.budget.spend(0.2);
    while (rest % p === 0n) {
      found.set(p, (found.get(p) ?? 0n) + 1n);
      rest /= p;
    }
  }
  if (rest > 1n) found.set(rest, (found.get(rest) ?? 0n) + 1n);
  return found;
}

/** ln of the value that one generator's `unit` powers stand for. */
function logarithmOfGenerator(index: number, ring: Ring): F.Fraction {
  const { meaning, unit } = ring.generator(index);
  switch (meaning.kind) {
    case "turn":
    case "turn-of-pi":
      return F.F_ZERO;
    case "exponential":
      return F.multiply(F.fraction(meaning.argument), F.invert(F.fraction(meaning.under), ring), ring);
    case "prime":
      return F.fraction(ring.logarithm(P.constantPolynomial({ re: meaning.prime, im: 0n, den: 1n })));
    case "modulus":
      return logarithmOfPolynomial(meaning.of, ring);
    case "odd-root":
      return logarithmOfPolynomial(meaning.of, ring);
    default:
      return scaled(
        F.fraction(ring.logarithm(overBasis(P.generatorPolynomial(index), ring)[0]!)),
        BigInt(unit),
        1n,
        ring,
      );
  }
}

/** The basis elements whose product the square-free monic factor is; grows or splits the basis where needed. */
function overBasis(factor: P.Polynomial, ring: Ring): P.Polynomial[] {
  const parts: P.Polynomial[] = [];
  let rest = factor;
  for (const element of ring.basis) {
    const common = D.gcd(rest, element, ring.budget);
    if (P.constantOf(common) !== undefined) continue;
    const elementRest = D.divideExactly(element, common, ring.budget)!;
    if (P.constantOf(elementRest) === undefined) {
      ring.refine([...ring.basis.filter((other) => other !== element), common, D.monic(elementRest)]);
    }
    parts.push(element);
    rest = D.divideExactly(rest, common, ring.budget)!;
    if (P.constantOf(rest) !== undefined) return parts;
  }
  const element = D.monic(rest);
  ring.basis.push(element);
  parts.push(element);
  return parts;
}

/** The text says p > 0: where p is one basis element times a constant and even powers, that fixes the element's sign. */
function learnSign(p: P.Polynomial, ring: Ring): void {
  if (!ring.isReal(p)) return;
  const common = P.commonMonomial(p);
  const rest = P.timesMonomial(p, P.invertMonomial(common));
  const lead = P.leadingTerm(rest)!.coefficient;
  const odd: P.Polynomial[] = [];
  for (let i = 0; i < common.length; i += 2) {
    const { kind } = ring.generator(common[i]!).meaning;
    const hasSign = kind === "variable" || kind === "logarithm" || kind === "function";
    if (hasSign && common[i + 1]! % 2 !== 0) odd.push(P.generatorPolynomial(common[i]!));
    if (kind === "odd-root") return;
  }
  const primitive = P.scale(rest, K.inverse(lead));
  if (P.constantOf(primitive) === undefined) {
    for (const { factor, multiplicity } of D.squareFree(primitive, ring.budget)) {
      if (multiplicity % 2 === 1) odd.push(...overBasis(factor, ring));
    }
  }
  const only = odd[0];
  if (odd.length !== 1 || only === undefined) return;
  ring.learnModulus(only, lead.re < 0n ? P.negate(only) : only);
}

/** The real odd root, multiplicative for all signs. */
function oddRoot(base: F.Fraction, degree: number, ring: Ring): F.Fraction {
  const { over, under } = F.lowestTerms(base, ring);
  const top = oddRootOfPolynomial(over, degree, ring);
  if (P.constantOf(under) !== undefined) return top;
  return F.multiply(top, F.invert(oddRootOfPolynomial(under, degree, ring), ring), ring);
}

function oddRootOfPolynomial(p: P.Polynomial, degree: number, ring: Ring): F.Fraction {
  if (!ring.isReal(p)) throw new Unsupported("an odd root of a trigonometric expression");
  const common = P.commonMonomial(p);
  const rest = P.timesMonomial(p, P.invertMonomial(common));
  const lead = K.toRational(P.leadingTerm(rest)!.coefficient);
  const sign = F.fraction(P.rationalPolynomial(Q.fromInteger(Q.sign(lead))));
  const size = exponential(
    scaled(logarithmOfCoefficient(K.coefficient(Q.abs(lead)), ring), 1n, BigInt(degree), ring),
    false,
    ring,
  );
  let product = F.multiply(sign, size, ring);
  for (let i = 0; i < common.length; i += 2) {
    const { meaning, unit } = ring.generator(common[i]!);
    const exponent = common[i + 1]!;
    const signed = meaning.kind === "variable" || meaning.kind === "logarithm" || meaning.kind === "function";
    if (signed || meaning.kind === "odd-root") {
      const of = meaning.kind === "odd-root" ? meaning.of : P.generatorPolynomial(common[i]!);
      const part = ring.oddRootPower(of, Math.abs(exponent), degree * (meaning.kind === "odd-root" ? unit : 1));
      product = F.multiply(product, exponent < 0 ? F.invert(F.fraction(part), ring) : F.fraction(part), ring);
    } else {
      const exponentOfRoot = scaled(
        logarithmOfGenerator(common[i]!, ring),
        BigInt(exponent),
        BigInt(degree * unit),
        ring,
      );
      product = F.multiply(product, exponential(exponentOfRoot, false, ring), ring);
    }
  }
  const primitive = P.scale(rest, K.inverse(K.coefficient(lead)));
  if (P.constantOf(primitive) !== undefined) return product;
  for (const { factor, multiplicity } of D.squareFree(primitive, ring.budget)) {
    for (const element of overBasis(factor, ring)) {
      product = F.multiply(product, F.fraction(ring.oddRootPower(element, multiplicity, degree)), ring);
    }
  }
  return product;
}
