// exp(u) and exp(i·u) as products of generator powers: the exponent is split into its terms, each with a rational factor, so that
// e^(a+b), e^(2x) and cos(3x) all become powers of a few independent generators.

import { Unsupported } from "../budget.ts";
import * as Q from "../number/rational.ts";
import * as K from "./coefficient.ts";
import * as F from "./fraction.ts";
import { realPower } from "./logarithm.ts";
import * as P from "./polynomial.ts";
import type { Ring } from "./ring.ts";

const SMALL_TURNS = 24;

/** exp(argument), or exp(i·argument) where `imaginary`; the argument is real. */
export function exponential(argument: F.Fraction, imaginary: boolean, ring: Ring): F.Fraction {
  if (F.isZero(argument)) return F.F_ONE;
  const { over, under } = F.lowestTerms(argument, ring);
  let result = F.F_ONE;
  const mixed = new Map<string, P.Term>();
  for (const [key, term] of over) {
    if (ring.isReal(new Map([[key, term]]))) {
      const part = exponentialOfTerm(term, under, imaginary, ring);
      result = F.multiply(result, part, ring);
    } else mixed.set(key, term);
  }
  if (mixed.size === 0) return result;
  // Terms with sines and cosines are real only together: they share one generator, scaled to a leading coefficient of modulus 1.
  const lead = P.leadingTerm(mixed)!.coefficient;
  const factor = lead.im === 0n ? Q.rational(lead.re, lead.den) : Q.rational(lead.im, lead.den);
  const { n, d } = small(factor);
  const unitArgument = P.scale(mixed, K.inverse(K.coefficient(factor)));
  return F.multiply(result, F.fraction(ring.exponential(unitArgument, under, imaginary, n, d)), ring);
}

function small(value: Q.Rational): { n: number; d: number } {
  const n = Number(value.n);
  const d = Number(value.d);
  if (!Number.isSafeInteger(n) || d > 5040) throw new Unsupported("an exponent is too large");
  return { n, d };
}

function exponentialOfTerm(term: P.Term, under: P.Polynomial, imaginary: boolean, ring: Ring): F.Fraction {
  const factor = K.toRational(term.coefficient);
  const single = P.constantOf(under) !== undefined && term.monomial.length === 2 && term.monomial[1] === 1;
  const meaning = single ? ring.generator(term.monomial[0]!).meaning : undefined;
  if (!imaginary && meaning?.kind === "logarithm") {
    const { n, d } = small(factor);
    return powerOfModulus(meaning.of, n, d, ring);
  }
  if (imaginary && meaning?.kind === "variable" && meaning.name === "\\pi") return rootOfUnity(factor, ring);
  if (
    imaginary &&
    meaning?.kind === "function" &&
    factor.d === 1n &&
    (factor.n < 0n ? -factor.n : factor.n) <= SMALL_TURNS
  ) {
    return inverseTurn(meaning, Number(factor.n), ring);
  }
  const { n, d } = small(factor);
  return F.fraction(ring.exponential(P.monomialPolynomial(term.monomial), under, imaginary, n, d));
}

/** |f|^(n/d) for a basis element f, or p^(n/d) for a prime. */
function powerOfModulus(of: P.Polynomial, n: number, d: number, ring: Ring): F.Fraction {
  const constant = P.constantOf(of);
  if (constant !== undefined) return F.fraction(ring.primePower(constant.re, n, d));
  if (n > 0) return F.fraction(ring.modulusPower(of, n, d));
  return F.invert(F.fraction(ring.modulusPower(of, -n, d)), ring);
}

/** exp(iπ·c): by radicals where the denominator divides 12, else as a power of a generator that reduces modulo its order. */
function rootOfUnity(turns: Q.Rational, ring: Ring): F.Fraction {
  if (12n % turns.d !== 0n) {
    const { n, d } = small(turns);
    const pi = ring.variable("\\pi");
    return F.fraction(ring.exponential(pi, P.P_ONE, true, n, d));
  }
  const twelfths = Number((((turns.n * (12n / turns.d)) % 24n) + 24n) % 24n);
  // i^a · exp(iπ/3)^b · exp(iπ/4)^c with 6a + 4b + 3c = twelfths (mod 24)
  let result = F.F_ONE;
  for (let rest = twelfths; rest > 0; ) {
    if (rest % 6 === 0) {
      result = F.multiply(result, F.fraction(P.constantPolynomial(K.C_I)), ring);
      rest -= 6;
    } else if (rest % 3 === 0) {
      result = F.multiply(result, eighth(ring), ring);
      rest -= 3;
    } else if (rest >= 4) {
      result = F.multiply(result, sixth(ring), ring);
      rest -= 4;
    } else rest += 24;
  }
  return result;
}

const gaussian = (re: bigint, im: bigint, den: bigint): P.Polynomial => P.constantPolynomial({ re, im, den });

/** exp(iπ/4) = (1 + i)/2 · √2. */
const eighth = (ring: Ring): F.Fraction => F.fraction(ring.multiply(gaussian(1n, 1n, 2n), ring.primePower(2n, 1, 2)));

/** exp(iπ/3) = 1/2 + i/2 · √3. */
const sixth = (ring: Ring): F.Fraction =>
  F.fraction(P.add(gaussian(1n, 0n, 2n), ring.multiply(gaussian(0n, 1n, 2n), ring.primePower(3n, 1, 2)), ring.budget));

/** exp(i·k·asin u) = (√(1-u²) + i·u)^k and exp(i·k·atan u) = ((1 + i·u)/√(1+u²))^k. */
function inverseTurn(
  meaning: { readonly name: string; readonly over: P.Polynomial; readonly under: P.Polynomial },
  k: number,
  ring: Ring,
): F.Fraction {
  const u = F.multiply(F.fraction(meaning.over), F.invert(F.fraction(meaning.under), ring), ring);
  const square = F.multiply(u, u, ring);
  const turned = F.multiply(F.fraction(P.constantPolynomial(K.C_I)), u, ring);
  if (meaning.name === "asin") {
    const cosine = realPower(F.add(F.F_ONE, F.negate(square), ring), 1, 2, ring);
    const sine = k < 0 ? F.negate(turned) : turned;
    return F.power(F.add(cosine, sine, ring), Math.abs(k), ring);
  }
  const length = realPower(F.add(F.F_ONE, square, ring), 1, 2, ring);
  const sum = F.add(F.F_ONE, k < 0 ? F.negate(turned) : turned, ring);
  return F.power(F.multiply(sum, F.invert(length, ring), ring), Math.abs(k), ring);
}
