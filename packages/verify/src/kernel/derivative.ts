// The derivative of an expression by rule, on the syntax tree. The result is not simplified: comparison does not need it.

import { Unsupported } from "../budget.ts";
import { MINUS_ONE, ONE, rational, sub, ZERO } from "../number/rational.ts";
import type { Expression } from "../syntax/expression.ts";
import { symbolsOf } from "../syntax/walk.ts";

const number = (n: number): Expression => ({ kind: "number", value: rational(BigInt(n)) });
const zero: Expression = { kind: "number", value: ZERO };
const one: Expression = { kind: "number", value: ONE };
const isZero = (e: Expression): boolean => e.kind === "number" && e.value.n === 0n;
const isOne = (e: Expression): boolean => e.kind === "number" && e.value.n === 1n && e.value.d === 1n;

function times(...factors: Expression[]): Expression {
  if (factors.some(isZero)) return zero;
  const rest = factors.filter((factor) => !isOne(factor));
  if (rest.length === 0) return one;
  return rest.length === 1 ? rest[0]! : { kind: "product", factors: rest };
}

function plus(...terms: Expression[]): Expression {
  const rest = terms.filter((term) => !isZero(term));
  if (rest.length === 0) return zero;
  return rest.length === 1 ? rest[0]! : { kind: "sum", terms: rest };
}

const negative = (of: Expression): Expression => (isZero(of) ? zero : { kind: "negative", of });
const over = (a: Expression, b: Expression): Expression => (isZero(a) ? zero : { kind: "quotient", over: a, under: b });
const power = (base: Expression, exponent: Expression): Expression => ({ kind: "power", base, exponent });
const call = (name: Extract<Expression, { kind: "call" }>["name"], of: Expression): Expression => ({
  kind: "call",
  name,
  of,
});

/**
 * The derivative of `e` with respect to `variable`; other symbols are constants, and `dependent` ones are functions of the variable
 * (the derivative of y is the symbol y').
 */
export function differentiate(e: Expression, variable: string, dependent: ReadonlySet<string> = NONE): Expression {
  const go = (part: Expression): Expression => differentiate(part, variable, dependent);
  switch (e.kind) {
    case "number":
    case "constant":
      return zero;
    case "symbol": {
      if (e.name === variable) return one;
      const base = e.name.replace(/'+$/, "");
      return dependent.has(base) ? { kind: "symbol", name: `${e.name}'` } : zero;
    }
    case "sum":
      return plus(...e.terms.map(go));
    case "negative":
      return negative(go(e.of));
    case "product": {
      // By halves: the size stays n·log n.
      const half = e.factors.length >> 1;
      if (half === 0) return go(e.factors[0]!);
      const [left, right] = [times(...e.factors.slice(0, half)), times(...e.factors.slice(half))];
      return plus(times(go(left), right), times(left, go(right)));
    }
    case "quotient": {
      const under = go(e.under);
      const first = over(go(e.over), e.under);
      return isZero(under) ? first : plus(first, negative(over(times(e.over, under), power(e.under, number(2)))));
    }
    case "power":
      return powerDerivative(e.base, e.exponent, go);
    case "root": {
      const inner = go(e.of);
      return isZero(inner) ? zero : over(times(inner, e), times(number(e.degree), e.of));
    }
    case "call": {
      const inner = go(e.of);
      return isZero(inner) ? zero : times(outerDerivative(e), inner);
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

function powerDerivative(base: Expression, exponent: Expression, go: (e: Expression) => Expression): Expression {
  const inner = go(base);
  const slope = go(exponent);
  const self = power(base, exponent);
  if (isZero(slope)) {
    if (isZero(inner)) return zero;
    if (exponent.kind === "number") {
      const lowered = sub(exponent.value, ONE);
      return times(exponent, lowered.n === 0n ? one : power(base, { kind: "number", value: lowered }), inner);
    }
    return times(exponent, power(base, plus(exponent, { kind: "number", value: MINUS_ONE })), inner);
  }
  const isNatural = base.kind === "constant" && base.name === "e";
  const byExponent = isNatural ? times(self, slope) : times(self, slope, call("ln", base));
  return isZero(inner) ? byExponent : plus(byExponent, times(self, exponent, over(inner, base)));
}

function outerDerivative(e: Extract<Expression, { kind: "call" }>): Expression {
  const u = e.of;
  const square = (x: Expression): Expression => power(x, number(2));
  switch (e.name) {
    case "exp":
      return e;
    case "ln":
      return over(one, u);
    case "sin":
      return call("cos", u);
    case "cos":
      return negative(call("sin", u));
    case "tan":
      return square(call("sec", u));
    case "cot":
      return negative(square(call("csc", u)));
    case "sec":
      return times(e, call("tan", u));
    case "csc":
      return negative(times(e, call("cot", u)));
    case "asin":
      return over(one, { kind: "root", degree: 2, of: plus(one, negative(square(u))) });
    case "acos":
      return negative(over(one, { kind: "root", degree: 2, of: plus(one, negative(square(u))) }));
    case "atan":
      return over(one, plus(one, square(u)));
    case "sinh":
      return call("cosh", u);
    case "cosh":
      return call("sinh", u);
    case "tanh":
      return plus(one, negative(square(e)));
    case "floor":
    case "factorial":
      throw new Unsupported(`the derivative of ${e.name}`);
    case "abs":
      if (symbolsOf(u).size === 0) throw new Unsupported("the derivative of a constant modulus");
      return over(u, e);
  }
}
