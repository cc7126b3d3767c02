// Turns an expression into a fraction over the ring: the canonical form. Two expressions whose difference converts to zero are equal
// wherever both are defined. Owns the rewriting of exp, ln, powers, roots and trigonometry into generators.

import { BIT_LIMIT, BudgetExhausted, bitLength, Unsupported } from "../budget.ts";
import * as Q from "../number/rational.ts";
import type { Expression, FunctionName } from "../syntax/expression.ts";
import * as K from "./coefficient.ts";
import { exponential } from "./exponential.ts";
import * as F from "./fraction.ts";
import { absolute, logarithmOf, realPower } from "./logarithm.ts";
import * as P from "./polynomial.ts";
import type { Ring } from "./ring.ts";

/** Exponents beyond this are not expanded. */
const POWER_LIMIT = 4096n;

const rationalFraction = (value: Q.Rational): F.Fraction => F.fraction(P.rationalPolynomial(value));
const I = F.fraction(P.constantPolynomial(K.C_I));
const HALF = rationalFraction(Q.HALF);

/** The canonical form. Throws Unsupported, BudgetExhausted or Restart: call it inside `ring.stable`. */
export function convert(expression: Expression, ring: Ring): F.Fraction {
  ring.budget.spend(1);
  switch (expression.kind) {
    case "number":
      return rationalFraction(expression.value);
    case "constant":
      // Complex constants are split into real and imaginary part before they come here (compare/complex.ts).
      if (expression.name === "i") throw new Unsupported("a complex constant");
      if (expression.name === "pi") return F.fraction(ring.variable("\\pi"));
      return exponential(F.F_ONE, false, ring);
    case "symbol":
      return F.fraction(ring.variable(expression.name));
    case "sum": {
      let sum = F.F_ZERO;
      for (const term of expression.terms) sum = F.add(sum, convert(term, ring), ring);
      return sum;
    }
    case "negative":
      return F.negate(convert(expression.of, ring));
    case "product": {
      let product = F.F_ONE;
      for (const factor of expression.factors) product = F.multiply(product, convert(factor, ring), ring);
      return product;
    }
    case "quotient":
      return F.multiply(convert(expression.over, ring), F.invert(convert(expression.under, ring), ring), ring);
    case "power":
      return convertPower(expression.base, expression.exponent, ring);
    case "root":
      return realPower(convert(expression.of, ring), 1, expression.degree, ring);
    case "call":
      return convertCall(expression.name, expression.of, ring);
  }
}

function convertPower(base: Expression, exponent: Expression, ring: Ring): F.Fraction {
  const power = convert(exponent, ring);
  const constant = F.constantOf(power);
  if (base.kind === "constant" && base.name === "e") return exponential(power, false, ring);
  if (constant === undefined) {
    return exponential(F.multiply(power, logarithmOf(convert(base, ring), true, ring), ring), false, ring);
  }
  if (!K.isReal(constant)) throw new Unsupported("a complex exponent");
  const value = K.toRational(constant);
  if (value.d === 1n) {
    // (√u)^2k is u^k where √u is defined: the modulus of u is not needed.
    if (base.kind === "root" && value.n % BigInt(base.degree) === 0n) {
      return integerPower(convert(base.of, ring), value.n / BigInt(base.degree), ring);
    }
    return integerPower(convert(base, ring), value.n, ring);
  }
  if (bitLength(value.n) > 30 || bitLength(value.d) > 12) throw new Unsupported("an exponent is too large");
  return realPower(convert(base, ring), Number(value.n), Number(value.d), ring);
}

function integerPower(base: F.Fraction, k: bigint, ring: Ring): F.Fraction {
  const size = k < 0n ? -k : k;
  const constant = F.constantOf(base);
  if (constant !== undefined && K.isReal(constant)) {
    if (constant.re === 0n && k <= 0n) throw new Unsupported("zero to a power that is not positive");
    const bits = Math.max(bitLength(constant.re), bitLength(constant.den));
    if (bits > 1 && bits * Number(size) > BIT_LIMIT) throw new BudgetExhausted("a power is too large");
    if (bits <= 1)
      return rationalFraction(Q.fromInteger(constant.re < 0n && size % 2n === 1n ? -1 : constant.re === 0n ? 0 : 1));
    return rationalFraction(Q.pow(K.toRational(constant), k));
  }
  const isMonomial = base.under.length === 0 && base.over.size === 1;
  if (size > (isMonomial ? 1_000_000_000n : POWER_LIMIT)) throw new BudgetExhausted("a power is too large");
  if (k === 0n && F.isZero(base)) throw new Unsupported("zero to the power zero");
  return F.power(base, Number(k), ring);
}

function convertCall(name: FunctionName, of: Expression, ring: Ring): F.Fraction {
  if (name === "exp" && of.kind === "call" && of.name === "ln") return convert(of.of, ring);
  const argument = convert(of, ring);
  const times = (a: F.Fraction, b: F.Fraction): F.Fraction => F.multiply(a, b, ring);
  const over = (a: F.Fraction, b: F.Fraction): F.Fraction => F.multiply(a, F.invert(b, ring), ring);
  switch (name) {
    case "exp":
      return exponential(argument, false, ring);
    case "ln":
      return logarithmOf(argument, true, ring);
    case "abs":
      return absolute(argument, ring);
    case "sin":
      return sine(argument, ring);
    case "cos":
      return cosine(argument, ring);
    case "tan":
      return over(sine(argument, ring), cosine(argument, ring));
    case "cot":
      return over(cosine(argument, ring), sine(argument, ring));
    case "sec":
      return F.invert(cosine(argument, ring), ring);
    case "csc":
      return F.invert(sine(argument, ring), ring);
    case "sinh":
    case "cosh":
    case "tanh": {
      const up = exponential(argument, false, ring);
      const down = exponential(F.negate(argument), false, ring);
      const difference = F.add(up, F.negate(down), ring);
      const sum = F.add(up, down, ring);
      if (name === "tanh") return over(difference, sum);
      return times(HALF, name === "sinh" ? difference : sum);
    }
    case "asin":
    case "acos": {
      const value = inverseFunction("asin", argument, ring);
      if (name === "asin") return value;
      return F.add(times(HALF, F.fraction(ring.variable("\\pi"))), F.negate(value), ring);
    }
    case "atan":
      return inverseFunction("atan", argument, ring);
    case "floor":
    case "factorial":
      return wholeFunction(name, argument, ring);
  }
}

const FACTORIAL_SHIFT = 64n;

/**
 * ⌊u⌋ and u! are opaque, apart from whole shifts: ⌊u + k⌋ = ⌊u⌋ + k and (u + k)! = u!·(u + 1)·…·(u + k), so that the constant term of u is
 * brought to [0, 1). Values of constants are computed.
 */
function wholeFunction(name: "floor" | "factorial", argument: F.Fraction, ring: Ring): F.Fraction {
  const constant = F.constantOf(argument);
  if (constant !== undefined && K.isReal(constant)) {
    const value = K.toRational(constant);
    if (name === "floor") return rationalFraction(Q.fromInteger(Q.floor(value)));
    if (value.d !== 1n || value.n < 0n || value.n > 1000n) throw new Unsupported("a factorial outside of 0 to 1000");
    let result = 1n;
    for (let k = 2n; k <= value.n; k++) result *= k;
    return rationalFraction(Q.fromInteger(result));
  }
  const { over, under } = F.lowestTerms(argument, ring);
  const scale = P.constantOf(under);
  const base = scale === undefined ? undefined : P.scale(over, K.inverse(scale));
  const shift = base === undefined ? 0n : Q.floor(K.toRational(base.get("")?.coefficient ?? K.C_ZERO));
  if (base === undefined || shift === 0n) return F.fraction(ring.function(name, over, under));
  const shifted = P.subtract(base, P.rationalPolynomial(Q.fromInteger(shift)), ring.budget);
  const value = F.fraction(ring.function(name, shifted, P.P_ONE));
  if (name === "floor") return F.add(value, rationalFraction(Q.fromInteger(shift)), ring);
  if (shift > FACTORIAL_SHIFT || shift < -FACTORIAL_SHIFT) throw new Unsupported("factorials too far apart");
  let product = value;
  const factor = (k: bigint): F.Fraction => F.add(F.fraction(shifted), rationalFraction(Q.fromInteger(k)), ring);
  for (let k = 1n; k <= shift; k++) product = F.multiply(product, factor(k), ring);
  for (let k = 0n; k > shift; k--) product = F.multiply(product, F.invert(factor(k), ring), ring);
  return product;
}

function cosine(argument: F.Fraction, ring: Ring): F.Fraction {
  const forward = exponential(argument, true, ring);
  const backward = exponential(F.negate(argument), true, ring);
  return F.multiply(HALF, F.add(forward, backward, ring), ring);
}

/** (e^{iu} - e^{-iu}) / 2i = i·(e^{-iu} - e^{iu}) / 2. */
function sine(argument: F.Fraction, ring: Ring): F.Fraction {
  const forward = exponential(argument, true, ring);
  const backward = exponential(F.negate(argument), true, ring);
  return F.multiply(F.multiply(HALF, I, ring), F.add(backward, F.negate(forward), ring), ring);
}

/** Arcsine and arctangent are odd: the leading coefficient is made positive. Their values at 0, ±1/2, ±1 are multiples of π. */
function inverseFunction(name: "asin" | "atan", argument: F.Fraction, ring: Ring): F.Fraction {
  const constant = F.constantOf(argument);
  if (constant !== undefined) {
    if (K.isZero(constant)) return F.F_ZERO;
    const size = K.toRational(constant);
    const turn = Q.isOne(Q.abs(size))
      ? name === "asin"
        ? 2n
        : 4n
      : name === "asin" && Q.equal(Q.abs(size), Q.HALF)
        ? 6n
        : 0n;
    if (turn !== 0n) {
      const part = rationalFraction(Q.rational(Q.sign(size) < 0 ? -1n : 1n, turn));
      return F.multiply(part, F.fraction(ring.variable("\\pi")), ring);
    }
  }
  const { over, under } = F.lowestTerms(argument, ring);
  const lead = P.leadingTerm(over)!;
  if (lead.coefficient.re < 0n) return F.negate(F.fraction(ring.function(name, P.negate(over), under)));
  return F.fraction(ring.function(name, over, under));
}
