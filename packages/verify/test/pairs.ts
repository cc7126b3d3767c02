// Pairs of expressions whose truth is known by construction: equal ones by identities applied to a random expression, unequal ones by one
// random change and a point where their values differ in 50-digit interval arithmetic (which values.test.ts holds to SymPy's). Must not
// use the algebra that they test.

import { Budget } from "../src/budget.ts";
import { approximate } from "../src/kernel/approximate.ts";
import { Evaluator, isExact } from "../src/kernel/evaluate.ts";
import { fromDecimal, neg, type Rational, rational } from "../src/number/rational.ts";
import type { Expression, FunctionName } from "../src/syntax/expression.ts";
import { partsOf, printExpression, symbolsOf } from "../src/syntax/walk.ts";
import type { TestRandom } from "./random.ts";

export const AREAS = ["polynomial", "rational", "exponential", "trigonometric", "radical", "constant"] as const;
export type Area = (typeof AREAS)[number];

export interface Pair {
  readonly area: Area;
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
}

type E = Expression;
const n = (value: number, under = 1): E => ({ kind: "number", value: rational(BigInt(value), BigInt(under)) });
const symbol = (name: string): E => ({ kind: "symbol", name });
const sum = (...terms: E[]): E => ({ kind: "sum", terms });
const product = (...factors: E[]): E => ({ kind: "product", factors });
const quotient = (over: E, under: E): E => ({ kind: "quotient", over, under });
const negative = (of: E): E => ({ kind: "negative", of });
const power = (base: E, exponent: E): E => ({ kind: "power", base, exponent });
const call = (name: FunctionName, of: E): E => ({ kind: "call", name, of });
const sqrt = (of: E): E => ({ kind: "root", degree: 2, of });
const cbrt = (of: E): E => ({ kind: "root", degree: 3, of });
const e: E = { kind: "constant", name: "e" };
const pi: E = { kind: "constant", name: "pi" };

function atom(random: TestRandom, area: Area): E {
  if (area === "constant")
    return random.pick([
      n(random.between(1, 12)),
      n(random.between(1, 9), random.between(2, 7)),
      pi,
      e,
      sqrt(n(2)),
      sqrt(n(3)),
    ]);
  return random.chance(2, 3) ? symbol(random.pick(["x", "y"])) : n(random.between(1, 9));
}

/** A random expression of the area. */
export function randomExpression(random: TestRandom, area: Area, depth: number): E {
  if (depth === 0) return atom(random, area);
  const inner = (): E => randomExpression(random, area, depth - 1);
  const choice = random.below(9);
  if (choice < 2) return sum(inner(), inner());
  if (choice === 2) return product(inner(), inner());
  if (choice === 3) return sum(inner(), negative(inner()));
  if (choice === 4) return power(inner(), n(random.between(2, 3)));
  switch (area) {
    case "polynomial":
      return product(n(random.between(-5, 5) || 2, random.between(1, 3)), inner());
    case "rational":
      return quotient(inner(), sum(inner(), n(random.between(1, 5))));
    case "exponential":
      return random.pick([
        () => power(e, inner()),
        () => call("ln", sum(power(inner(), n(2)), n(1))),
        () => power(n(random.between(2, 5)), inner()),
        () => call(random.pick(["cosh", "sinh", "tanh"] as const), inner()),
      ])();
    case "trigonometric":
      return call(
        random.pick(["sin", "cos", "sin", "cos", "tan"] as const),
        random.chance(1, 2) ? product(n(random.between(1, 3)), atom(random, area)) : inner(),
      );
    case "radical":
      return random.pick([
        () => sqrt(sum(power(inner(), n(2)), n(random.between(1, 4)))),
        () => sqrt(inner()),
        () => cbrt(inner()),
        () => power(inner(), n(random.between(1, 5), 2)),
        () => call("abs", inner()),
      ])();
    case "constant":
      return random.pick([
        () => sqrt(n(random.between(2, 30))),
        () => call("ln", n(random.between(2, 20))),
        () => power(e, n(random.between(-2, 2))),
        () => call("cos", quotient(pi, n(random.pick([2, 3, 4, 6, 12])))),
        () => quotient(inner(), n(random.between(2, 9))),
      ])();
  }
}

type Rule = (of: E, random: TestRandom) => E | undefined;

/** Identities that hold wherever both sides are defined. */
const RULES: Readonly<Record<string, Rule>> = {
  commute: (of, random) => {
    if (of.kind === "sum") return sum(...of.terms.slice(1), of.terms[0]!);
    if (of.kind === "product") return product(...of.factors.slice(1), of.factors[0]!);
    void random;
    return undefined;
  },
  addAndSubtract: (of, random) => {
    const extra = product(n(random.between(1, 9)), symbol("x"));
    return sum(of, extra, negative(extra));
  },
  scale: (of, random) => {
    const k = n(random.between(2, 9));
    return quotient(product(k, of), k);
  },
  distribute: (of) => {
    if (of.kind !== "product") return undefined;
    const at = of.factors.findIndex((factor) => factor.kind === "sum");
    const inner = of.factors[at];
    if (inner?.kind !== "sum") return undefined;
    const rest = of.factors.filter((_, k) => k !== at);
    return sum(...inner.terms.map((term) => product(term, ...rest)));
  },
  square: (of) => {
    if (of.kind !== "power" || of.base.kind !== "sum" || of.exponent.kind !== "number" || of.exponent.value.n !== 2n || of.exponent.value.d !== 1n) return undefined;
    const [first, ...rest] = of.base.terms;
    const tail = rest.length === 1 ? rest[0]! : sum(...rest);
    return sum(power(first!, n(2)), product(n(2), first!, tail), power(tail, n(2)));
  },
  unpower: (of) => {
    if (of.kind !== "power" || of.exponent.kind !== "number" || of.exponent.value.d !== 1n || of.exponent.value.n < 2n) return undefined;
    return product(of.base, power(of.base, n(Number(of.exponent.value.n) - 1)));
  },
  reciprocal: (of) => (of.kind === "quotient" ? product(of.over, power(of.under, n(-1))) : undefined),
  splitQuotient: (of) => (of.kind === "quotient" && of.over.kind === "sum" ? sum(...of.over.terms.map((term) => quotient(term, of.under))) : undefined),
  splitExponent: (of) => {
    if (of.kind !== "power" || of.exponent.kind !== "sum" || of.base.kind === "sum") return undefined;
    return product(...of.exponent.terms.map((term) => power(of.base, term)));
  },
  exponential: (of) => (of.kind === "power" && of.base.kind === "constant" && of.base.name === "e" ? call("exp", of.exponent) : undefined),
  halve: (of) => (of.kind === "power" && of.base.kind === "constant" ? power(power(of.base, quotient(of.exponent, n(2))), n(2)) : undefined),
  base: (of) => (of.kind === "power" && of.base.kind === "number" && of.base.value.n > 0n ? power(e, product(of.exponent, call("ln", of.base))) : undefined),
  logProduct: (of, random) => {
    if (of.kind !== "call" || of.name !== "ln") return undefined;
    const k = n(random.between(2, 6));
    return sum(call("ln", product(k, of.of)), negative(call("ln", k)));
  },
  logSquare: (of) => (of.kind === "call" && of.name === "ln" ? quotient(call("ln", power(of.of, n(2))), n(2)) : undefined),
  hyperbolic: (of) => (of.kind === "call" && of.name === "cosh" ? quotient(sum(power(e, of.of), power(e, negative(of.of))), n(2)) : undefined),
  hyperbolicSine: (of) => (of.kind === "call" && of.name === "sinh" ? quotient(sum(power(e, product(n(2), of.of)), n(-1)), product(n(2), power(e, of.of))) : undefined),
  hyperbolicTangent: (of) => (of.kind === "call" && of.name === "tanh" ? quotient(call("sinh", of.of), call("cosh", of.of)) : undefined),
  pythagoras: (of) => (of.kind === "symbol" ? product(of, sum(power(call("sin", of), n(2)), power(call("cos", of), n(2)))) : undefined),
  doubleSine: (of) => {
    if (of.kind !== "call" || of.name !== "sin") return undefined;
    const half = quotient(of.of, n(2));
    return product(n(2), call("sin", half), call("cos", half));
  },
  doubleCosine: (of) => {
    if (of.kind !== "call" || of.name !== "cos") return undefined;
    return sum(product(n(2), power(call("cos", quotient(of.of, n(2))), n(2))), n(-1));
  },
  shift: (of) => (of.kind === "call" && of.name === "sin" ? call("cos", sum(of.of, negative(quotient(pi, n(2))))) : undefined),
  tangent: (of) => (of.kind === "call" && of.name === "tan" ? quotient(call("sin", of.of), call("cos", of.of)) : undefined),
  rootSquare: (of) => (of.kind === "call" && of.name === "abs" ? sqrt(power(of.of, n(2))) : undefined),
  rootScale: (of, random) => {
    if (of.kind !== "root" || of.degree !== 2) return undefined;
    const k = random.between(2, 5);
    return quotient(sqrt(product(n(k * k), of.of)), n(k));
  },
  rootPower: (of) => (of.kind === "root" && of.degree === 2 ? power(of.of, n(1, 2)) : undefined),
  cube: (of) => (of.kind === "root" && of.degree === 3 ? quotient(cbrt(product(n(8), of.of)), n(2)) : undefined),
  rootTimes: (of) => (of.kind === "root" && of.degree === 2 ? quotient(of.of, sqrt(of.of)) : undefined),
}; // biome-ignore format: a table reads better packed

function nodes(of: E, into: E[] = []): E[] {
  into.push(of);
  for (const part of partsOf(of)) nodes(part, into);
  return into;
}

/** The expression with one node replaced (by identity of objects). */
function replace(of: E, old: E, by: E): E {
  if (of === old) return by;
  const go = (part: E): E => replace(part, old, by);
  switch (of.kind) {
    case "sum":
      return { kind: "sum", terms: of.terms.map(go) };
    case "product":
      return { kind: "product", factors: of.factors.map(go) };
    case "quotient":
      return quotient(go(of.over), go(of.under));
    case "negative":
      return negative(go(of.of));
    case "power":
      return power(go(of.base), go(of.exponent));
    case "root":
      return { kind: "root", degree: of.degree, of: go(of.of) };
    case "call":
      return call(of.name, go(of.of));
    default:
      return of;
  }
}

/** The expression after some identities. */
export function rewrite(of: E, random: TestRandom, times: number): E {
  const names = Object.keys(RULES);
  let current = of;
  for (let done = 0, tries = 0; done < times && tries < 60; tries++) {
    const node = random.pick(nodes(current));
    const next = RULES[random.pick(names)]!(node, random);
    if (next === undefined) continue;
    current = replace(current, node, next);
    done++;
  }
  return current;
}

/** One random change that usually alters the value. */
export function change(of: E, random: TestRandom): E {
  const node = random.pick(nodes(of));
  switch (random.below(4)) {
    case 0:
      return replace(of, node, sum(node, n(random.pick([-2, -1, 1, 3]), random.pick([1, 2, 100]))));
    case 1:
      return replace(of, node, negative(node));
    case 2:
      return replace(of, node, product(n(random.pick([2, 3])), node));
    default:
      return node.kind === "number"
        ? replace(of, node, n(Number(node.value.n) + random.pick([-1, 1]), Number(node.value.d)))
        : replace(of, node, power(node, n(2)));
  }
}

const POINTS = ["0.37", "1.9", "2.63", "-0.71", "3.3", "-1.57", "0.11", "5.2"].map(
  (text): Rational => (text.startsWith("-") ? neg(fromDecimal(text.slice(1))) : fromDecimal(text)),
);
/** 50 decimal digits are 166.1 binary ones. */
const BITS = 168;

const pointsFor = (names: readonly string[]): Map<string, Rational>[] =>
  POINTS.map((_, k) => new Map(names.map((name, j) => [name, POINTS[(k + 3 * j) % POINTS.length]!])));

function isUsable(of: E): boolean {
  const names = [...symbolsOf(of)].sort();
  const values = pointsFor(names).map((at) =>
    approximate(of, new Map([...at].map(([name, { n: over, d }]) => [name, Number(over) / Number(d)]))),
  );
  return values.filter((value) => Number.isFinite(value) && Math.abs(value) < 1e12).length >= 3;
}

/** False where the values at some point certainly differ, true where they agree wherever both are defined. */
export function sameEverywhere(a: E, b: E): boolean {
  const names = [...symbolsOf(a, b)].sort();
  return pointsFor(names).every((at) => {
    const evaluator = new Evaluator(at, BITS, new Budget(200_000));
    const [left, right] = [evaluator.value(a), evaluator.value(b)];
    if (left === undefined || right === undefined) return true;
    if (isExact(left) && isExact(right)) return left.n === right.n && left.d === right.d;
    const [x, y] = [evaluator.interval(left), evaluator.interval(right)];
    return x.low <= y.high && y.low <= x.high;
  });
}

/** A pair of the area; unequal ones differ clearly at a point. */
export function randomPair(random: TestRandom, area: Area, equal: boolean): Pair {
  for (;;) {
    const original = randomExpression(random, area, random.between(1, 4));
    if (!isUsable(original)) continue;
    const other = rewrite(equal ? original : change(original, random), random, random.between(1, 6));
    if (!isUsable(other)) continue;
    if (!equal && sameEverywhere(original, other)) continue;
    return { area, a: printExpression(original), b: printExpression(other), equal };
  }
}
