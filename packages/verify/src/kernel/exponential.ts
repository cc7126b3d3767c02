// exp(u) and exp(i·u) as products of generator powers: the exponent is split into its terms, each with a rational factor, so that
// e^(a+b), e^(2x) and cos(3x) all become powers of a few independent generators.

import { Unsupported } from "../budget.ts";
import * as Q from "../number/rational.ts";
import * as K from "./coefficient.ts";
import * as D from "./divide.ts";
import * as F from "./fraction.ts";
import { realPower } from "./logarithm.ts";
import * as P from "./polynomial.ts";
import type { Ring } from "./ring.ts";

const SMALL_TURNS = 24;

/** exp(argument), or exp(i·argument) where `imaginary`; the argument is real. */
export function exponential(argument: F.Fraction, imaginary: boolean, ring: Ring): F.Fraction {
  if (F.isZero(argument)) return F.F_ONE;
  const lowest = F.lowestTerms(argument, ring);
  const { under } = lowest;
  if (P.constantOf(under) === undefined) {
    // q + r/d is unique: the whole part has its own generators, whatever the fraction beside it.
    const { quotient, rest } = D.divideWithRest(lowest.over, under, ring.budget);
    if (!P.isZero(quotient)) {
      const fractional = F.multiply(F.fraction(rest), F.invert(F.fraction(under), ring), ring);
      return F.multiply(
        exponential(F.fraction(ring.reduce(quotient)), imaginary, ring),
        exponential(fractional, imaginary, ring),
        ring,
      );
    }
  }
  const { over } = lowest;
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
  if (!Number.isSafeInteger(n) || d > 1_000_000_000) throw new Unsupported("an exponent is too large");
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
  if (imaginary && meaning?.kind === "variable" && meaning.name === "\\pi") {
    const { n, d } = small(factor);
    return F.fraction(ring.turnOfPi(n, d));
  }
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
  // |f|^(2k/odd) is the square of a real odd root: no modulus is left.
  const common = Number(Q.gcd(BigInt(n), BigInt(d)));
  if ((n / common) % 2 === 0 && d / common !== 1 && (d / common) % 2 === 1 && ring.isReal(of)) {
    const root = F.fraction(ring.oddRootPower(of, Math.abs(n / common), d / common));
    return n > 0 ? root : F.invert(root, ring);
  }
  if (n > 0) return F.fraction(ring.modulusPower(of, n, d));
  return F.invert(F.fraction(ring.modulusPower(of, -n, d)), ring);
}

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
