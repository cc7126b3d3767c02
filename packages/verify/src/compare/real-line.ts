// Conditions on one real unknown made of polynomials and quotients of polynomials with rational coefficients: decided exactly. All roots of
// all polynomials cut the line into points and open intervals; on each of these every sign is constant, so that two conditions are equal
// exactly if they agree on every piece. End points, poles and holes are pieces of their own.

import type { Budget } from "../budget.ts";
import * as Q from "../number/rational.ts";
import * as U from "../number/univariate.ts";
import type { Expression } from "../syntax/expression.ts";
import { type Bound, boundOf, type LinePoint, placeBounds } from "./bounds.ts";
import { holdsForSign } from "./constants.ts";
import { type Atom, atomsOf, type Formula, truth, withoutModuli } from "./formula.ts";

const DEGREE_LIMIT = 40;

/** A quotient of polynomials that was not reduced, and every denominator on the way: where one vanishes it has no value. */
interface Quotient {
  readonly over: U.Univariate;
  readonly under: U.Univariate;
  readonly poles: readonly U.Univariate[];
}

/** One atom as a sign condition: sign(over·under) against 0, where no pole vanishes. */
interface SignCondition {
  readonly product: U.Univariate;
  readonly poles: readonly U.Univariate[];
}

/** A piece of the line: a rational point, an interval between roots, or a root. `text` names it for a person. */
export interface Piece {
  readonly sample: Q.Rational | U.RootInterval;
  readonly text: string;
  readonly isRoot: boolean;
  /** Position among the pieces, from left to right. */
  readonly place: number;
}

export interface LineDecision {
  readonly piece: Piece;
  readonly values: readonly boolean[];
}

/** The truth of several formulas on every piece of the line; undefined where an atom is no quotient of polynomials in the unknown. */
export function decideOnLine(given: readonly Formula[], unknown: string, budget: Budget): LineDecision[] | undefined {
  const formulas = given.map((formula) => withoutModuli(formula));
  const conditions = new Map<Atom, SignCondition>();
  const bounds = new Map<Atom, Bound>();
  let product: U.Univariate = [Q.ONE];
  for (const atom of formulas.flatMap(atomsOf)) {
    const condition = conditionOf(atom, unknown, budget);
    if (condition === undefined) {
      const bound = boundOf(atom, unknown);
      if (bound === undefined) return undefined;
      bounds.set(atom, bound);
      continue;
    }
    conditions.set(atom, condition);
    for (const p of [condition.product, ...condition.poles]) {
      if (U.degree(p) > 0) product = U.merge(product, U.squareFree(p, budget), budget);
      if (U.degree(product) > DEGREE_LIMIT) return undefined;
    }
  }
  const roots = separated(product, U.isolateRoots(product, budget));
  const points = placeBounds(product, roots, [...bounds.values()], budget);
  if (points === undefined) return undefined;
  const signs = new SignTable(budget);
  const pieces = piecesOf(product, points);
  const placeOf = (bound: Bound): number => pieces.find((piece) => piece.bounds.includes(bound))!.place;
  const holds = (atom: Atom, piece: Piece): boolean => {
    const bound = bounds.get(atom);
    if (bound !== undefined) return holdsForSign(bound.operator, Math.sign(piece.place - placeOf(bound)) as -1 | 0 | 1);
    const condition = conditions.get(atom)!;
    if (condition.poles.some((pole) => signs.at(pole, piece) === 0)) return false;
    return holdsForSign(atom.operator, signs.at(condition.product, piece));
  };
  return pieces.map((piece) => ({
    piece,
    values: formulas.map((formula) => truth(formula, (atom) => holds(atom, piece)) === true),
  }));
}

/** Signs of polynomials on pieces. Every polynomial asked about divides the product whose roots made the pieces, up to repeated factors. */
class SignTable {
  readonly #budget: Budget;
  readonly #chains = new Map<U.Univariate, { p: U.Univariate; chain: U.Univariate[] }>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  at(p: U.Univariate, { sample }: Piece): -1 | 0 | 1 {
    if (U.degree(p) < 1) return Q.sign(p[0] ?? Q.ZERO);
    if (!("low" in sample)) return Q.sign(U.valueAt(p, sample));
    if (Q.equal(sample.low, sample.high)) return Q.sign(U.valueAt(p, sample.low));
    let known = this.#chains.get(p);
    if (known === undefined) {
      const free = U.squareFree(p, this.#budget);
      known = { p: free, chain: U.sturmChain(free, this.#budget) };
      this.#chains.set(p, known);
    }
    this.#budget.spend(p.length * p.length);
    // The interval holds one root of the whole product: p vanishes there exactly if it has a root in the interval.
    if (U.countRoots(known.chain, sample.low, sample.high) > 0) return 0;
    return Q.sign(U.valueAt(p, Q.mul(Q.add(sample.low, sample.high), Q.HALF)));
  }
}

function piecesOf(product: U.Univariate, points: readonly LinePoint[]): (Piece & { bounds: readonly Bound[] })[] {
  const pieces: (Piece & { bounds: readonly Bound[] })[] = [];
  const interval = (point: Q.Rational): void => {
    pieces.push({ sample: point, text: Q.toText(point), isRoot: false, place: pieces.length, bounds: [] });
  };
  const first = points[0];
  if (first === undefined) {
    interval(Q.ZERO);
    return pieces;
  }
  interval(Q.fromInteger(Q.floor(first.low) - 1n));
  for (const [k, point] of points.entries()) {
    const text = point.isRoot ? rootText(product, point) : point.text;
    pieces.push({ sample: point, text, isRoot: true, place: pieces.length, bounds: point.bounds });
    const next = points[k + 1];
    interval(next === undefined ? Q.fromInteger(Q.floor(point.high) + 1n) : between(point.high, next.low));
  }
  return pieces;
}

/** A short rational strictly between two rationals: the middle of the widest decimal step that fits. */
function between(low: Q.Rational, high: Q.Rational): Q.Rational {
  for (let d = 1n; d < 1_000_000n; d *= 2n) {
    const candidate = Q.rational(Q.floor(Q.mul(low, Q.fromInteger(d))) + 1n, d);
    if (Q.compare(candidate, low) > 0 && Q.compare(candidate, high) < 0) return candidate;
  }
  return Q.mul(Q.add(low, high), Q.HALF);
}

/** Refines until neighbouring intervals have a gap between them. */
function separated(p: U.Univariate, roots: readonly U.RootInterval[]): U.RootInterval[] {
  const result = [...roots];
  for (let k = 0; k + 1 < result.length; k++) {
    while (Q.compare(result[k]!.high, result[k + 1]!.low) >= 0) {
      result[k] = U.refine(p, result[k]!);
      result[k + 1] = U.refine(p, result[k + 1]!);
    }
  }
  return result;
}

function rootText(p: U.Univariate, root: U.RootInterval): string {
  let narrow = root;
  for (let k = 0; k < 60 && !Q.equal(narrow.low, narrow.high); k++) {
    narrow = U.refine(p, narrow);
    const simple = simplest(narrow);
    if (k % 8 === 0 && Q.isZero(U.valueAt(p, simple))) return Q.toText(simple);
  }
  if (Q.equal(narrow.low, narrow.high)) return Q.toText(narrow.low);
  return `about ${Q.toNumber(narrow.low).toPrecision(10)}, a root`;
}

/** The rational with the smallest denominator in an interval (Stern and Brocot). */
function simplest({ low, high }: U.RootInterval): Q.Rational {
  const whole = Q.floor(low);
  if (Q.compare(Q.fromInteger(whole), low) === 0) return low;
  if (Q.compare(Q.fromInteger(whole + 1n), high) <= 0) return Q.fromInteger(whole + 1n);
  const shift = Q.fromInteger(whole);
  const inner = simplest({ low: Q.inverse(Q.sub(high, shift)), high: Q.inverse(Q.sub(low, shift)) });
  return Q.add(shift, Q.inverse(inner));
}

/** left − right of an equation between polynomials in the unknown; undefined for anything else. */
export function polynomialOf(
  { left, operator, right }: Atom,
  unknown: string,
  budget: Budget,
): U.Univariate | undefined {
  if (operator !== "=") return undefined;
  const a = quotientOf(left, unknown, budget);
  const b = a === undefined ? undefined : quotientOf(right, unknown, budget);
  if (a === undefined || b === undefined || a.poles.length + b.poles.length > 0) return undefined;
  return combine(a, { ...b, over: U.scale(b.over, Q.MINUS_ONE) }, budget).over;
}

function conditionOf(atom: Atom, unknown: string, budget: Budget): SignCondition | undefined {
  const left = quotientOf(atom.left, unknown, budget);
  const right = left === undefined ? undefined : quotientOf(atom.right, unknown, budget);
  if (left === undefined || right === undefined) return undefined;
  const difference = combine(left, { ...right, over: U.scale(right.over, Q.MINUS_ONE) }, budget);
  if (U.degree(difference.over) + U.degree(difference.under) > DEGREE_LIMIT) return undefined;
  return { product: U.multiply(difference.over, difference.under, budget), poles: difference.poles };
}

function combine(a: Quotient, b: Quotient, budget: Budget): Quotient {
  const over = U.add(U.multiply(a.over, b.under, budget), U.multiply(b.over, a.under, budget));
  return { over, under: U.multiply(a.under, b.under, budget), poles: [...a.poles, ...b.poles] };
}

const whole = (over: U.Univariate): Quotient => ({ over, under: [Q.ONE], poles: [] });

function quotientOf(e: Expression, unknown: string, budget: Budget): Quotient | undefined {
  switch (e.kind) {
    case "number":
      return whole(U.constant(e.value));
    case "symbol":
      return e.name === unknown ? whole(U.VARIABLE) : undefined;
    case "negative": {
      const of = quotientOf(e.of, unknown, budget);
      return of === undefined ? undefined : { ...of, over: U.scale(of.over, Q.MINUS_ONE) };
    }
    case "sum":
    case "product": {
      const isSum = e.kind === "sum";
      let result = whole(U.constant(isSum ? Q.ZERO : Q.ONE));
      for (const part of isSum ? e.terms : e.factors) {
        const next = quotientOf(part, unknown, budget);
        if (next === undefined) return undefined;
        result = isSum ? combine(result, next, budget) : times(result, next, budget);
        if (U.degree(result.over) > DEGREE_LIMIT || U.degree(result.under) > DEGREE_LIMIT) return undefined;
      }
      return result;
    }
    case "quotient": {
      const over = quotientOf(e.over, unknown, budget);
      const under = over === undefined ? undefined : quotientOf(e.under, unknown, budget);
      return over === undefined || under === undefined ? undefined : times(over, flipped(under), budget);
    }
    case "power": {
      const base = quotientOf(e.base, unknown, budget);
      if (base === undefined || e.exponent.kind === "symbol") return undefined;
      const k = wholeExponent(e.exponent);
      if (k === undefined || Math.abs(k) * Math.max(1, U.degree(base.over), U.degree(base.under)) > DEGREE_LIMIT)
        return undefined;
      let result = whole([Q.ONE]);
      const factor = k < 0 ? flipped(base) : base;
      for (let j = 0; j < Math.abs(k); j++) result = times(result, factor, budget);
      // 0^0 has no value.
      return k === 0 ? { ...result, poles: [...base.poles, base.over] } : result;
    }
    default:
      return undefined;
  }
}

const times = (a: Quotient, b: Quotient, budget: Budget): Quotient => ({
  over: U.multiply(a.over, b.over, budget),
  under: U.multiply(a.under, b.under, budget),
  poles: [...a.poles, ...b.poles],
});

const flipped = (a: Quotient): Quotient => ({ over: a.under, under: a.over, poles: [...a.poles, a.over] });

function wholeExponent(e: Expression): number | undefined {
  if (e.kind === "number" && e.value.d === 1n && e.value.n >= -40n && e.value.n <= 40n) return Number(e.value.n);
  if (e.kind !== "negative") return undefined;
  const inner = wholeExponent(e.of);
  return inner === undefined ? undefined : -inner;
}
