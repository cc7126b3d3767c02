// Floating-point values, for screening only: they choose where to look for a witness and never decide a verdict. NaN = undefined.

import { toNumber } from "../number/rational.ts";
import type { Expression, FunctionName } from "../syntax/expression.ts";

const FUNCTIONS: Readonly<Record<FunctionName, (x: number) => number>> = {
  exp: Math.exp,
  ln: (x) => (x > 0 ? Math.log(x) : Number.NaN),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  cot: (x) => 1 / Math.tan(x),
  sec: (x) => 1 / Math.cos(x),
  csc: (x) => 1 / Math.sin(x),
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  abs: Math.abs,
  floor: Math.floor,
  factorial,
};

/** Only of whole numbers from 0 to 170. */
function factorial(x: number): number {
  if (!Number.isInteger(x) || x < 0 || x > 170) return Number.NaN;
  let result = 1;
  for (let k = 2; k <= x; k++) result *= k;
  return result;
}

/** The value at a point of doubles. */
export function approximate(e: Expression, at: ReadonlyMap<string, number>): number {
  switch (e.kind) {
    case "number":
      return toNumber(e.value);
    case "constant":
      return e.name === "pi" ? Math.PI : e.name === "e" ? Math.E : Number.NaN;
    case "symbol":
      return at.get(e.name) ?? Number.NaN;
    case "sum": {
      let sum = 0;
      for (const term of e.terms) sum += approximate(term, at);
      return sum;
    }
    case "product": {
      let product = 1;
      for (const factor of e.factors) product *= approximate(factor, at);
      return product;
    }
    case "negative":
      return -approximate(e.of, at);
    case "quotient": {
      const under = approximate(e.under, at);
      return under === 0 ? Number.NaN : approximate(e.over, at) / under;
    }
    case "power": {
      const base = approximate(e.base, at);
      const exponent = approximate(e.exponent, at);
      if (base < 0 && !Number.isInteger(exponent)) return Number.NaN;
      return base === 0 && exponent <= 0 ? Number.NaN : base ** exponent;
    }
    case "root": {
      const of = approximate(e.of, at);
      if (of < 0) return e.degree % 2 === 0 ? Number.NaN : -((-of) ** (1 / e.degree));
      return of ** (1 / e.degree);
    }
    case "call":
      return FUNCTIONS[e.name](approximate(e.of, at));
  }
}
