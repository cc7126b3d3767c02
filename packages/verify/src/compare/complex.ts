// Complex constants: an expression with i is split into real and imaginary part, two real expressions, and both are compared as such. All
// symbols are real. Roots of negative numbers are taken on the upper half plane; what has several branches is not supported.

import type { Verdict } from "@lemma/protocol";
import { type Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import * as Q from "../number/rational.ts";
import type { Expression, FunctionName } from "../syntax/expression.ts";
import { hasPart, isLargerThan } from "../syntax/walk.ts";
import { refuted } from "../verdict.ts";

interface Parts {
  readonly re: Expression;
  readonly im: Expression;
}

const zero: Expression = { kind: "number", value: Q.ZERO };
const one: Expression = { kind: "number", value: Q.ONE };
const isNumber = (e: Expression, value: Q.Rational): boolean => e.kind === "number" && Q.equal(e.value, value);
const isReal = ({ im }: Parts): boolean => isNumber(im, Q.ZERO);

function plus(...terms: Expression[]): Expression {
  const rest = terms.filter((term) => !isNumber(term, Q.ZERO));
  return rest.length === 0 ? zero : rest.length === 1 ? rest[0]! : { kind: "sum", terms: rest };
}

function times(...factors: Expression[]): Expression {
  if (factors.some((factor) => isNumber(factor, Q.ZERO))) return zero;
  const rest = factors.filter((factor) => !isNumber(factor, Q.ONE));
  return rest.length === 0 ? one : rest.length === 1 ? rest[0]! : { kind: "product", factors: rest };
}

const negative = (of: Expression): Expression => (isNumber(of, Q.ZERO) ? of : { kind: "negative", of });
const over = (a: Expression, b: Expression): Expression =>
  isNumber(a, Q.ZERO) ? a : { kind: "quotient", over: a, under: b };
const square = (base: Expression): Expression => ({
  kind: "power",
  base,
  exponent: { kind: "number", value: Q.fromInteger(2) },
});
const call = (name: FunctionName, of: Expression): Expression => ({ kind: "call", name, of });
/** Each product doubles the parts: a long one runs out. */
function multiply(a: Parts, b: Parts): Parts {
  const product = {
    re: plus(times(a.re, b.re), negative(times(a.im, b.im))),
    im: plus(times(a.re, b.im), times(a.im, b.re)),
  };
  if (isLargerThan(product.re, SIZE_LIMIT)) throw new BudgetExhausted("a complex product is too large");
  return product;
}
const norm = (a: Parts): Expression => plus(square(a.re), square(a.im));

/** Whether i occurs. */
export const isComplex = (e: Expression): boolean =>
  hasPart(e, (part) => part.kind === "constant" && part.name === "i");

const POWER_LIMIT = 64n;
const SIZE_LIMIT = 4000;

/** Real and imaginary part; throws Unsupported where a function has several branches. */
export function partsOfComplex(e: Expression, budget: Budget): Parts {
  const go = (part: Expression): Parts => partsOfComplex(part, budget);
  budget.spend(1);
  switch (e.kind) {
    case "constant":
      return e.name === "i" ? { re: zero, im: one } : { re: e, im: zero };
    case "number":
    case "symbol":
      return { re: e, im: zero };
    case "negative": {
      const of = go(e.of);
      return { re: negative(of.re), im: negative(of.im) };
    }
    case "sum": {
      const parts = e.terms.map(go);
      return { re: plus(...parts.map(({ re }) => re)), im: plus(...parts.map(({ im }) => im)) };
    }
    case "product":
      return e.factors.map(go).reduce(multiply);
    case "quotient": {
      const [a, b] = [go(e.over), go(e.under)];
      if (isReal(b)) return { re: over(a.re, b.re), im: over(a.im, b.re) };
      const turned = multiply(a, { re: b.re, im: negative(b.im) });
      return { re: over(turned.re, norm(b)), im: over(turned.im, norm(b)) };
    }
    case "power":
      return powerParts(e, go);
    case "root": {
      const of = go(e.of);
      if (!isReal(of)) throw new Unsupported("a root of a complex number");
      const isNegative = of.re.kind === "negative" || (of.re.kind === "number" && of.re.value.n < 0n);
      if (e.degree === 2 && isNegative) return { re: zero, im: { ...e, of: negated(of.re) } };
      return { re: { ...e, of: of.re }, im: zero };
    }
    case "call": {
      const of = go(e.of);
      if (isReal(of)) return { re: call(e.name, of.re), im: zero };
      if (e.name === "exp") return exponential(of);
      if (e.name === "abs") return { re: { kind: "root", degree: 2, of: norm(of) }, im: zero };
      throw new Unsupported(`${e.name} of a complex number`);
    }
  }
}

const negated = (e: Expression): Expression =>
  e.kind === "negative" ? e.of : e.kind === "number" ? { kind: "number", value: Q.neg(e.value) } : negative(e);

/** e^(a+bi) = e^a·(cos b + i·sin b). */
function exponential({ re, im }: Parts): Parts {
  const size = isNumber(re, Q.ZERO) ? one : call("exp", re);
  return { re: times(size, call("cos", im)), im: times(size, call("sin", im)) };
}

function powerParts(e: Extract<Expression, { kind: "power" }>, go: (e: Expression) => Parts): Parts {
  const exponent = go(e.exponent);
  if (e.base.kind === "constant" && e.base.name === "e") return exponential(exponent);
  const base = go(e.base);
  if (isReal(base) && isReal(exponent))
    return { re: { kind: "power", base: base.re, exponent: exponent.re }, im: zero };
  const of = exponent.re.kind === "negative" ? exponent.re.of : exponent.re;
  if (!isReal(exponent) || of.kind !== "number" || of.value.d !== 1n) throw new Unsupported("a complex power");
  const k = exponent.re.kind === "negative" ? -of.value.n : of.value.n;
  const size = k < 0n ? -k : k;
  if (size > POWER_LIMIT) throw new Unsupported("a large power of a complex number");
  if (isNumber(base.re, Q.ZERO) && isNumber(base.im, Q.ONE)) return UNIT_POWERS[Number(((k % 4n) + 4n) % 4n)]!;
  const result = binomialPower(base, size);
  if (isLargerThan(result.re, SIZE_LIMIT)) throw new BudgetExhausted("a complex power is too large");
  if (k >= 0n) return result;
  return { re: over(result.re, norm(result)), im: negative(over(result.im, norm(result))) };
}

/** (a + bi)^n by the binomial theorem: the terms with i^k for even k are real. */
function binomialPower({ re, im }: Parts, n: bigint): Parts {
  const terms: [Expression[], Expression[]] = [[], []];
  let choose = 1n;
  const raised = (base: Expression, exponent: bigint): Expression =>
    exponent === 0n
      ? one
      : exponent === 1n
        ? base
        : { kind: "power", base, exponent: { kind: "number", value: Q.fromInteger(exponent) } };
  for (let k = 0n; k <= n; k++) {
    const sign = k % 4n < 2n ? 1n : -1n;
    const factor: Expression = { kind: "number", value: Q.fromInteger(sign * choose) };
    terms[Number(k % 2n)]!.push(times(factor, raised(re, n - k), raised(im, k)));
    choose = (choose * (n - k)) / (k + 1n);
  }
  return { re: plus(...terms[0]), im: plus(...terms[1]) };
}

const minusOne: Expression = { kind: "number", value: Q.MINUS_ONE };
const UNIT_POWERS: readonly Parts[] = [
  { re: one, im: zero },
  { re: zero, im: one },
  { re: minusOne, im: zero },
  { re: zero, im: minusOne },
];

/** Compares both parts with the comparison of real expressions. */
export function compareComplex(
  a: Expression,
  b: Expression,
  budget: Budget,
  compare: (a: Expression, b: Expression, budget: Budget) => Verdict,
): Verdict {
  const [left, right] = [partsOfComplex(a, budget), partsOfComplex(b, budget)];
  const real = compare(left.re, right.re, budget);
  if (real.verdict === "refuted") return refuted({ part: "real", ...real.witness });
  const imaginary = compare(left.im, right.im, budget);
  if (imaginary.verdict === "refuted") return refuted({ part: "imaginary", ...imaginary.witness });
  return real.verdict === "unknown" ? real : imaginary;
}
