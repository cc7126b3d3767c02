// Identity of rational functions by one random point modulo a large prime (Schwartz and Zippel): where the difference is not the zero
// function, a random point hides it with probability at most degree / p. With p = 2^127 - 1 and degrees below 2^60 that is below 2^-64.
// Used where expansion is out of budget; symbols, π and e stand for independent unknowns, which can only make fewer things equal.

import { type Budget, Unsupported } from "../budget.ts";
import type { Expression } from "../syntax/expression.ts";

const PRIME = (1n << 127n) - 1n;
const DEGREE_LIMIT = 2 ** 60;

/** A value modulo the prime, with bounds on the degrees of numerator and denominator. */
interface Residue {
  readonly value: bigint;
  readonly over: number;
  readonly under: number;
}

function randomResidue(): bigint {
  const words = globalThis.crypto.getRandomValues(new BigUint64Array(2));
  return ((words[0]! << 64n) | words[1]!) % PRIME;
}

function powerModulo(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

const inverseModulo = (value: bigint): bigint => powerModulo(value, PRIME - 2n);

/** "equal" with error below 2^-64, "different" for certain, undefined where an expression is no rational function or a pole was hit. */
export function compareModulo(a: Expression, b: Expression, budget: Budget): "equal" | "different" | undefined {
  try {
    const evaluator = new ModularEvaluator(budget);
    const left = evaluator.residue(a);
    const right = evaluator.residue(b);
    const degree = Math.max(left.over + right.under, right.over + left.under);
    if (!(degree < DEGREE_LIMIT)) return undefined;
    return left.value === right.value ? "equal" : "different";
  } catch (problem) {
    if (problem instanceof Unsupported) return undefined;
    throw problem;
  }
}

class ModularEvaluator {
  readonly #values = new Map<string, bigint>();
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  residue(e: Expression): Residue {
    this.#budget.spend(1);
    switch (e.kind) {
      case "number": {
        const under = e.value.d % PRIME;
        if (under === 0n) throw new Unsupported("a denominator divisible by the prime");
        const value = ((((e.value.n % PRIME) + PRIME) % PRIME) * inverseModulo(under)) % PRIME;
        return { value, over: 0, under: 0 };
      }
      case "constant":
        if (e.name === "i") throw new Unsupported("a complex constant");
        return { value: this.#unknown(`constant ${e.name}`), over: 1, under: 0 };
      case "symbol":
        return { value: this.#unknown(`${e.kind} ${e.name}`), over: 1, under: 0 };
      case "negative": {
        const of = this.residue(e.of);
        return { ...of, value: (PRIME - of.value) % PRIME };
      }
      case "sum": {
        let sum: Residue = { value: 0n, over: 0, under: 0 };
        for (const term of e.terms) {
          const next = this.residue(term);
          sum = {
            value: (sum.value + next.value) % PRIME,
            over: Math.max(sum.over + next.under, next.over + sum.under),
            under: sum.under + next.under,
          };
        }
        return sum;
      }
      case "product": {
        let product: Residue = { value: 1n, over: 0, under: 0 };
        for (const factor of e.factors) product = times(product, this.residue(factor));
        return product;
      }
      case "quotient":
        return times(this.residue(e.over), flipped(this.residue(e.under)));
      case "power":
        return this.#power(this.residue(e.base), wholeNumber(e.exponent));
      default:
        throw new Unsupported("no rational function");
    }
  }

  #unknown(key: string): bigint {
    let value = this.#values.get(key);
    if (value === undefined) {
      value = randomResidue();
      this.#values.set(key, value);
    }
    return value;
  }

  #power(base: Residue, exponent: bigint): Residue {
    const size = exponent < 0n ? -exponent : exponent;
    if (size > BigInt(DEGREE_LIMIT)) throw new Unsupported("an exponent is too large");
    this.#budget.spend(64);
    const from = exponent < 0n ? flipped(base) : base;
    if (exponent === 0n && base.value === 0n) throw new Unsupported("zero to the power zero");
    return { value: powerModulo(from.value, size), over: from.over * Number(size), under: from.under * Number(size) };
  }
}

const times = (a: Residue, b: Residue): Residue => ({
  value: (a.value * b.value) % PRIME,
  over: a.over + b.over,
  under: a.under + b.under,
});

function flipped(a: Residue): Residue {
  if (a.value === 0n) throw new Unsupported("a division by zero");
  return { value: inverseModulo(a.value), over: a.under, under: a.over };
}

function wholeNumber(e: Expression): bigint {
  if (e.kind === "number" && e.value.d === 1n) return e.value.n;
  if (e.kind === "negative") return -wholeNumber(e.of);
  throw new Unsupported("no whole exponent");
}
