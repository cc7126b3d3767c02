// Values of expressions at rational points: exact where only rational operations occur, else certain intervals. Used to refute (an
// interval that excludes equality is a proof) and never to prove equality. Undefined values give undefined, never NaN.

import { BIT_LIMIT, type Budget, BudgetExhausted, bitLength } from "../budget.ts";
import { type Interval, IntervalArithmetic, integerRoot } from "../number/interval.ts";
import * as Q from "../number/rational.ts";
import type { Expression, FunctionName } from "../syntax/expression.ts";

/** Values of symbols. */
export type Point = ReadonlyMap<string, Q.Rational>;

/** A value: exact, or an interval of the arithmetic it was asked with; undefined where the expression is not certainly defined. */
export type Value = Q.Rational | Interval | undefined;

export const isExact = (value: Q.Rational | Interval): value is Q.Rational => "d" in value;

const arithmetics = new Map<number, IntervalArithmetic>();

/** The shared arithmetic with this many binary places. */
export function arithmetic(bits: number): IntervalArithmetic {
  let found = arithmetics.get(bits);
  if (found === undefined) {
    found = new IntervalArithmetic(bits);
    arithmetics.set(bits, found);
  }
  return found;
}

export class Evaluator {
  readonly #point: Point;
  readonly #a: IntervalArithmetic;
  readonly #budget: Budget;

  constructor(point: Point, bits: number, budget: Budget) {
    this.#point = point;
    this.#a = arithmetic(bits);
    this.#budget = budget;
  }

  interval(value: Q.Rational | Interval): Interval {
    return isExact(value) ? this.#a.rational(value) : value;
  }

  value(e: Expression): Value {
    this.#budget.spend(1);
    switch (e.kind) {
      case "number":
        return e.value;
      case "constant":
        if (e.name === "i") return undefined;
        return e.name === "pi" ? this.#a.pi() : this.#a.exp(this.#a.rational(Q.ONE));
      case "symbol":
        return this.#point.get(e.name);
      case "negative": {
        const of = this.value(e.of);
        if (of === undefined) return undefined;
        return isExact(of) ? Q.neg(of) : this.#a.negate(of);
      }
      case "sum":
        return this.#fold(e.terms, Q.ZERO, Q.add, (a, b) => this.#a.add(a, b));
      case "product":
        return this.#fold(e.factors, Q.ONE, Q.mul, (a, b) => this.#a.multiply(a, b));
      case "quotient":
        return this.#quotient(this.value(e.over), this.value(e.under));
      case "power":
        return this.#power(e.base, e.exponent);
      case "root":
        return this.#root(this.value(e.of), e.degree);
      case "call":
        return this.#call(e.name, this.value(e.of));
    }
  }

  #fold(
    parts: readonly Expression[],
    start: Q.Rational,
    exact: (a: Q.Rational, b: Q.Rational) => Q.Rational,
    wide: (a: Interval, b: Interval) => Interval,
  ): Value {
    let result: Q.Rational | Interval = start;
    for (const part of parts) {
      const value = this.value(part);
      if (value === undefined) return undefined;
      if (isExact(result) && isExact(value)) {
        result = exact(result, value);
        if (result.n > HUGE || result.n < -HUGE || result.d > HUGE) this.#spendOn(result);
      } else result = wide(this.interval(result), this.interval(value));
    }
    return result;
  }

  #spendOn(value: Q.Rational): void {
    const bits = bitLength(value.n) + bitLength(value.d);
    if (bits > 4 * BIT_LIMIT) throw new BudgetExhausted("a number is too large");
    this.#budget.spend(bits / 512);
  }

  #quotient(over: Value, under: Value): Value {
    if (over === undefined || under === undefined) return undefined;
    if (isExact(under)) {
      if (under.n === 0n) return undefined;
      if (isExact(over)) return Q.div(over, under);
    }
    const inverse = this.#a.inverse(this.interval(under));
    return inverse === undefined ? undefined : this.#a.multiply(this.interval(over), inverse);
  }

  #power(base: Expression, exponent: Expression): Value {
    const e = this.value(exponent);
    if (e === undefined) return undefined;
    if (base.kind === "constant" && base.name === "e") return this.#a.exp(this.interval(e));
    const b = this.value(base);
    if (b === undefined) return undefined;
    if (isExact(e)) {
      if (e.d === 1n) return this.#integerPower(b, e.n);
      // Rational exponents: the base must not be negative.
      const low = this.interval(b).low;
      if (low < 0n || (low === 0n && !(isExact(b) && e.n > 0n))) return undefined;
      if (e.d <= 64n && bitLength(e.n) < 12) {
        const root = this.#root(b, Number(e.d));
        return root === undefined ? undefined : this.#integerPower(root, e.n);
      }
    }
    const logarithm = this.#a.ln(this.interval(b));
    return logarithm === undefined ? undefined : this.#a.exp(this.#a.multiply(this.interval(e), logarithm));
  }

  #integerPower(base: Q.Rational | Interval, k: bigint): Value {
    if (!isExact(base)) {
      this.#budget.spend(bitLength(k) * 4);
      return this.#a.power(base, k);
    }
    if (base.n === 0n) return k > 0n ? Q.ZERO : undefined;
    const size = Number(k < 0n ? -k : k);
    const bits = Math.max(bitLength(base.n), bitLength(base.d));
    if (bits <= 1) return base.n < 0n && k % 2n !== 0n ? Q.MINUS_ONE : Q.ONE;
    if (bits * size > BIT_LIMIT) {
      if (bits * size > 100 * BIT_LIMIT) return undefined;
      return this.#a.power(this.#a.rational(base), k);
    }
    this.#budget.spend((bits * size) / 256);
    return Q.pow(base, k);
  }

  #root(of: Value, degree: number): Value {
    if (of === undefined) return undefined;
    if (isExact(of)) {
      if (of.n < 0n && degree % 2 === 0) return undefined;
      const exact = exactRoot(of, degree);
      if (exact !== undefined) return exact;
    }
    this.#budget.spend(20);
    const x = this.interval(of);
    if (degree <= NEWTON_DEGREE) return this.#a.root(x, degree);
    // High degrees by logarithm: an integer root would need degree times the digits.
    const size = this.#a.ln(this.#a.abs(x));
    if (size === undefined || (x.low < 0n && degree % 2 === 0)) return undefined;
    const root = this.#a.exp(this.#a.multiply(size, this.#a.rational(Q.rational(1n, BigInt(degree)))));
    return root === undefined || x.low > 0n ? root : this.#a.negate(root);
  }

  #call(name: FunctionName, of: Value): Value {
    if (of === undefined) return undefined;
    this.#budget.spend(10);
    if (isExact(of)) {
      if (name === "abs") return Q.abs(of);
      if (name === "floor") return Q.fromInteger(Q.floor(of));
      if (name === "factorial") return this.#factorial(of);
      if (of.n === 0n) {
        const atZero = VALUE_AT_ZERO[name];
        if (atZero !== undefined) return Q.fromInteger(atZero);
        if (name === "ln" || name === "cot" || name === "csc") return undefined;
      }
      if (name === "ln" && Q.isOne(of)) return Q.ZERO;
    }
    const a = this.#a;
    const x = this.interval(of);
    switch (name) {
      case "floor": {
        const [low, high] = [x.low >> BigInt(a.bits), x.high >> BigInt(a.bits)];
        return low === high ? Q.fromInteger(low) : undefined;
      }
      case "factorial":
        return undefined;
      case "exp":
        return a.exp(x);
      case "ln":
        return a.ln(x);
      case "abs":
        return a.abs(x);
      case "sin":
        return a.sin(x);
      case "cos":
        return a.cos(x);
      case "tan":
        return this.#quotient(a.sin(x), a.cos(x));
      case "cot":
        return this.#quotient(a.cos(x), a.sin(x));
      case "sec":
        return this.#quotient(Q.ONE, a.cos(x));
      case "csc":
        return this.#quotient(Q.ONE, a.sin(x));
      case "asin":
        return this.#arcsine(of);
      case "acos": {
        const value = this.#arcsine(of);
        if (value === undefined) return undefined;
        const half = this.#a.multiply(a.pi(), a.rational(Q.HALF));
        return a.add(half, a.negate(this.interval(value)));
      }
      case "atan":
        return a.atan(x);
      case "tanh":
        return a.tanh(x);
      default: {
        const up = a.exp(x);
        const down = a.exp(a.negate(x));
        if (up === undefined || down === undefined) return undefined;
        const difference = a.add(up, a.negate(down));
        const sum = a.add(up, down);
        return a.multiply(name === "sinh" ? difference : sum, a.rational(Q.HALF));
      }
    }
  }

  /** Of whole numbers from 0 to 1000. */
  #factorial(of: Q.Rational): Value {
    if (of.d !== 1n || of.n < 0n || of.n > 1000n) return undefined;
    this.#budget.spend(Number(of.n) / 4);
    let result = 1n;
    for (let k = 2n; k <= of.n; k++) result *= k;
    return Q.fromInteger(result);
  }

  #arcsine(of: Q.Rational | Interval): Value {
    if (isExact(of) && Q.isOne(Q.abs(of))) {
      const half = this.#a.multiply(this.#a.pi(), this.#a.rational(Q.HALF));
      return of.n > 0n ? half : this.#a.negate(half);
    }
    return this.#a.asin(this.interval(of));
  }
}

const NEWTON_DEGREE = 12;
const HUGE = 1n << 256n;

const VALUE_AT_ZERO: Partial<Record<FunctionName, number>> = {
  exp: 1, sin: 0, cos: 1, tan: 0, sec: 1, asin: 0, atan: 0, sinh: 0, cosh: 1, tanh: 0,
}; // biome-ignore format: a table reads better packed

function exactRoot(value: Q.Rational, degree: number): Q.Rational | undefined {
  const root = (n: bigint): bigint | undefined => {
    if (bitLength(n) > 4096) return undefined;
    if (n !== 0n && n !== 1n && n !== -1n && bitLength(n) < degree) return undefined;
    const candidate = integerRoot(n < 0n ? -n : n, degree);
    if (candidate ** BigInt(degree) !== (n < 0n ? -n : n)) return undefined;
    return n < 0n ? -candidate : candidate;
  };
  const n = root(value.n);
  const d = n === undefined ? undefined : root(value.d);
  return n === undefined || d === undefined ? undefined : { n, d };
}
