// Functions and operators that stand for a combination of the kernel's own: hyperbolic and inverse ones, sign, maximum, binomials, sums,
// determinants. They are written out while reading, so that the kernel stays small. Knows no tokens.

import * as Q from "../number/rational.ts";
import type { Expression, FunctionName } from "./expression.ts";
import { substitute, symbolsOf } from "./walk.ts";

const number = (n: number | bigint): Expression => ({ kind: "number", value: Q.fromInteger(n) });
const call = (name: FunctionName, of: Expression): Expression => ({ kind: "call", name, of });
const sum = (...terms: Expression[]): Expression => ({ kind: "sum", terms });
const product = (...factors: Expression[]): Expression => ({ kind: "product", factors });
const negative = (of: Expression): Expression => ({ kind: "negative", of });
const quotient = (over: Expression, under: Expression): Expression => ({ kind: "quotient", over, under });
const square = (base: Expression): Expression => ({ kind: "power", base, exponent: number(2) });
const sqrt = (of: Expression): Expression => ({ kind: "root", degree: 2, of });
const one = number(1);
const quarterTurn = quotient({ kind: "constant", name: "pi" }, number(2));

/** Definitions by the functions that the kernel has. arccot takes values from 0 to π. */
const DERIVED = {
  coth: (u: Expression) => quotient(call("cosh", u), call("sinh", u)),
  sech: (u: Expression) => quotient(one, call("cosh", u)),
  csch: (u: Expression) => quotient(one, call("sinh", u)),
  asinh: (u: Expression) => call("ln", sum(u, sqrt(sum(square(u), one)))),
  acosh: (u: Expression) => call("ln", sum(u, sqrt(sum(square(u), negative(one))))),
  atanh: (u: Expression) => quotient(call("ln", quotient(sum(one, u), sum(one, negative(u)))), number(2)),
  acot: (u: Expression) => sum(quarterTurn, negative(call("atan", u))),
  asec: (u: Expression) => call("acos", quotient(one, u)),
  acsc: (u: Expression) => call("asin", quotient(one, u)),
  sign: (u: Expression) => quotient(u, call("abs", u)),
  ceil: (u: Expression) => negative(call("floor", negative(u))),
} as const;

export type DerivedName = keyof typeof DERIVED;

const SPELLINGS: Readonly<Record<string, DerivedName>> = {
  coth: "coth", sech: "sech", csch: "csch", asinh: "asinh", arsinh: "asinh", arcsinh: "asinh", acosh: "acosh", arcosh: "acosh", arccosh: "acosh",
  atanh: "atanh", artanh: "atanh", arctanh: "atanh", arccot: "acot", acot: "acot", arcctg: "acot", arcsec: "asec", asec: "asec", arccsc: "acsc", acsc: "acsc", sgn: "sign", ceil: "ceil",
}; // biome-ignore format: a table reads better packed

/** The function behind a spelling, undefined for any other word. */
export const isDerived = (word: string): DerivedName | undefined =>
  Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;

/** The value of a derived function. */
export const derived = (name: DerivedName, of: Expression): Expression => DERIVED[name](of);

/** The inverse that sin^{-1} and its like mean. */
export const INVERSES: Readonly<Record<string, FunctionName | DerivedName>> = {
  sin: "asin", cos: "acos", tan: "atan", sinh: "asinh", cosh: "acosh", tanh: "atanh", cot: "acot", sec: "asec", csc: "acsc",
}; // biome-ignore format: a table reads better packed

const LIST_FUNCTIONS = ["max", "min", "gcd", "lcm", "binom", "mod"] as const;
export type ListFunctionName = (typeof LIST_FUNCTIONS)[number];
export const isListFunction = (word: string): word is ListFunctionName =>
  (LIST_FUNCTIONS as readonly string[]).includes(word);

/** max, min, gcd, lcm, binom, mod of a list; undefined where the arguments do not fit (gcd needs whole numbers). */
export function ofList(name: ListFunctionName, list: readonly Expression[]): Expression | undefined {
  if (list.length < 2) return undefined;
  if (name === "binom") return list.length === 2 ? binomial(list[0]!, list[1]!) : undefined;
  if (name === "mod") return list.length === 2 ? remainder(list[0]!, list[1]!) : undefined;
  if (name === "gcd" || name === "lcm") {
    const whole = list.map(wholeNumber);
    if (whole.includes(undefined)) return undefined;
    return number((whole as bigint[]).reduce((a, b) => (name === "gcd" ? Q.gcd(a, b) : leastMultiple(a, b))));
  }
  // max(a, b) = (a + b + |a - b|) / 2, which doubles with every further value.
  if (list.length > MAXIMUM_OF) return undefined;
  return list.reduce((a, b) => {
    const distance = call("abs", sum(a, negative(b)));
    return quotient(sum(a, b, name === "max" ? distance : negative(distance)), number(2));
  });
}

const MAXIMUM_OF = 8;

const leastMultiple = (a: bigint, b: bigint): bigint => {
  const common = Q.gcd(a, b);
  const product_ = common === 0n ? 0n : (a / common) * b;
  return product_ < 0n ? -product_ : product_;
};

/** a - b·⌊a/b⌋. */
export const remainder = (a: Expression, b: Expression): Expression =>
  sum(a, negative(product(b, call("floor", quotient(a, b)))));

const CHOICE_LIMIT = 2000n;

/** n over k: a number for whole numbers, a falling product for a small k, else by factorials. */
export function binomial(n: Expression, k: Expression): Expression {
  const below = wholeNumber(k);
  const above = wholeNumber(n);
  if (above !== undefined && below !== undefined && above >= 0n && above <= CHOICE_LIMIT) {
    return number(below < 0n || below > above ? 0n : fallingProduct(above, below) / fallingProduct(below, below));
  }
  if (below !== undefined && below >= 0n && below <= 12n)
    return quotient(falling(n, below), number(fallingProduct(below, below)));
  const factorial = (of: Expression): Expression => call("factorial", of);
  return quotient(factorial(n), product(factorial(k), factorial(sum(n, negative(k)))));
}

/** The number of ordered choices n·(n-1)·…·(n-k+1); undefined where that is not written out. */
export function permutations(n: Expression, k: Expression): Expression | undefined {
  const [above, below] = [wholeNumber(n), wholeNumber(k)];
  if (below === undefined || below < 0n || below > CHOICE_LIMIT) return undefined;
  if (above !== undefined && above >= 0n && above <= CHOICE_LIMIT)
    return number(below > above ? 0n : fallingProduct(above, below));
  return below <= 12n ? falling(n, below) : undefined;
}

function fallingProduct(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let j = 0n; j < k; j++) result *= n - j;
  return result;
}

function falling(n: Expression, k: bigint): Expression {
  if (k === 0n) return one;
  const factors: Expression[] = [];
  for (let j = 0n; j < k; j++) factors.push(j === 0n ? n : sum(n, number(-j)));
  return factors.length === 1 ? factors[0]! : { kind: "product", factors };
}

/** The whole number that an expression is written as. */
export function wholeNumber(e: Expression): bigint | undefined {
  if (e.kind === "number") return e.value.d === 1n ? e.value.n : undefined;
  if (e.kind !== "negative") return undefined;
  const of = wholeNumber(e.of);
  return of === undefined ? undefined : -of;
}

const SUM_LIMIT = 300n;

/** Σ or Π over whole numbers from low to high; undefined where the bounds are no numbers or too far apart. */
export function series(
  isSum: boolean,
  index: string,
  low: Expression,
  high: Expression,
  of: Expression,
): Expression | undefined {
  const [from, to] = [wholeNumber(low), wholeNumber(high)];
  if (from === undefined || to === undefined || to - from > SUM_LIMIT) return undefined;
  const parts: Expression[] = [];
  for (let k = from; k <= to; k++) parts.push(substitute(of, new Map([[index, number(k)]])));
  if (parts.length === 0) return number(isSum ? 0 : 1);
  if (parts.length === 1) return parts[0]!;
  return isSum ? { kind: "sum", terms: parts } : { kind: "product", factors: parts };
}

/** The determinant of a square matrix of at most five rows by its first row; undefined for any other. */
export function determinant(rows: readonly (readonly Expression[])[]): Expression | undefined {
  if (rows.length === 0 || rows.length > 5 || rows.some((row) => row.length !== rows.length)) return undefined;
  if (rows.length === 1) return rows[0]![0]!;
  const terms = rows[0]!.map((entry, k) => {
    const minor = determinant(rows.slice(1).map((row) => row.filter((_, j) => j !== k)))!;
    return k % 2 === 0 ? product(entry, minor) : negative(product(entry, minor));
  });
  return { kind: "sum", terms };
}

/**
 * An antiderivative by rule: sums, constant factors, powers of the variable, and exp, sin, cos, sinh, cosh of a linear argument; undefined
 * for any other integrand. `crossesZero`: a power that is not whole and positive is refused.
 */
export function antiderivative(e: Expression, variable: string, crossesZero: boolean): Expression | undefined {
  const go = (part: Expression): Expression | undefined => antiderivative(part, variable, crossesZero);
  const x: Expression = { kind: "symbol", name: variable };
  const isConstant = (part: Expression): boolean => !symbolsOf(part).has(variable);
  if (isConstant(e)) return product(e, x);
  switch (e.kind) {
    case "symbol":
      return quotient(square(x), number(2));
    case "negative": {
      const of = go(e.of);
      return of === undefined ? undefined : negative(of);
    }
    case "sum": {
      const terms = e.terms.map(go);
      return terms.includes(undefined) ? undefined : { kind: "sum", terms: terms as Expression[] };
    }
    case "product": {
      const rest = e.factors.filter((factor) => !isConstant(factor));
      const of = rest.length === 1 ? go(rest[0]!) : undefined;
      return of === undefined ? undefined : product(...e.factors.filter(isConstant), of);
    }
    case "quotient": {
      if (isConstant(e.under)) {
        const of = go(e.over);
        return of === undefined ? undefined : quotient(of, e.under);
      }
      if (crossesZero || !isConstant(e.over)) return undefined;
      if (e.under.kind === "symbol") return product(e.over, call("ln", call("abs", x)));
      const of = e.under.kind === "power" ? go({ ...e.under, exponent: negative(e.under.exponent) }) : undefined;
      return of === undefined ? undefined : product(e.over, of);
    }
    case "power": {
      if (e.base.kind === "constant" && e.base.name === "e") return linearCall("exp", e.exponent, variable);
      const n =
        e.exponent.kind === "negative" && e.exponent.of.kind === "number"
          ? Q.neg(e.exponent.of.value)
          : e.exponent.kind === "number"
            ? e.exponent.value
            : undefined;
      if (e.base.kind !== "symbol" || n === undefined || (crossesZero && (n.n < 0n || n.d !== 1n))) return undefined;
      if (n.n === -1n && n.d === 1n) return call("ln", call("abs", x));
      const raised: Expression = { kind: "number", value: Q.add(n, Q.ONE) };
      return quotient({ kind: "power", base: x, exponent: raised }, raised);
    }
    case "call":
      return linearCall(e.name, e.of, variable);
    default:
      return undefined;
  }
}

const OUTER: Partial<Record<FunctionName, (u: Expression) => Expression>> = {
  exp: (u) => call("exp", u),
  sin: (u) => negative(call("cos", u)),
  cos: (u) => call("sin", u),
  sinh: (u) => call("cosh", u),
  cosh: (u) => call("sinh", u),
};

/** ∫ f(ax + b) = F(ax + b) / a for a number a ≠ 0. */
function linearCall(name: FunctionName, u: Expression, variable: string): Expression | undefined {
  const outer = OUTER[name];
  const slope = outer === undefined ? undefined : numericSlope(u, variable);
  return outer === undefined || slope === undefined || Q.isZero(slope)
    ? undefined
    : quotient(outer(u), { kind: "number", value: slope });
}

function numericSlope(u: Expression, variable: string): Q.Rational | undefined {
  if (!symbolsOf(u).has(variable)) return Q.ZERO;
  switch (u.kind) {
    case "symbol":
      return Q.ONE;
    case "negative": {
      const of = numericSlope(u.of, variable);
      return of === undefined ? undefined : Q.neg(of);
    }
    case "sum": {
      const slopes = u.terms.map((term) => numericSlope(term, variable));
      return slopes.includes(undefined) ? undefined : (slopes as Q.Rational[]).reduce(Q.add);
    }
    case "product": {
      const numbers = u.factors.filter((factor) => factor.kind === "number");
      const rest = u.factors.filter((factor) => factor.kind !== "number");
      const slope = rest.length === 1 ? numericSlope(rest[0]!, variable) : undefined;
      return slope === undefined ? undefined : numbers.map((factor) => factor.value).reduce(Q.mul, slope);
    }
    case "quotient": {
      const slope = u.under.kind === "number" && u.under.value.n !== 0n ? numericSlope(u.over, variable) : undefined;
      return slope === undefined || u.under.kind !== "number" ? undefined : Q.div(slope, u.under.value);
    }
    default:
      return undefined;
  }
}
