// Bounds of the real line that are no rational numbers: x < √2, x >= π/3. Owns their place among the roots of polynomials: certain
// intervals separate what differs, the kernel proves what coincides, and what is neither is undecided.

import type { Budget } from "../budget.ts";
import { Evaluator, isExact } from "../kernel/evaluate.ts";
import * as Q from "../number/rational.ts";
import * as U from "../number/univariate.ts";
import type { Expression, RelationOperator } from "../syntax/expression.ts";
import { printExpression, symbolsOf } from "../syntax/walk.ts";
import { compareExpressions } from "./expressions.ts";
import type { Atom } from "./formula.ts";

/** `unknown operator value`. */
export interface Bound {
  readonly operator: RelationOperator;
  readonly value: Expression;
}

/** A point that cuts the line, within certain bounds that hold no other: a root, bounds, or both. */
export interface LinePoint extends U.RootInterval {
  readonly isRoot: boolean;
  readonly bounds: readonly Bound[];
  readonly text: string;
}

const TURNED = { "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" } as const;
const BITS = 192;
/** Enough to tell most bounds from a root before a proof that they are one is tried. */
const FIRST_REFINEMENTS = 24;
const REFINEMENTS = 240;

/** The bound that an atom states; undefined where it is of another form. */
export function boundOf({ left, operator, right }: Atom, unknown: string): Bound | undefined {
  const isUnknown = (e: Expression): boolean => e.kind === "symbol" && e.name === unknown;
  if (isUnknown(left) && symbolsOf(right).size === 0) return { operator, value: right };
  return isUnknown(right) && symbolsOf(left).size === 0 ? { operator: TURNED[operator], value: left } : undefined;
}

/** All points in order, neighbours with a gap between them; undefined where two can neither be told apart nor proved the same. */
export function placeBounds(
  product: U.Univariate,
  roots: readonly U.RootInterval[],
  bounds: readonly Bound[],
  budget: Budget,
): LinePoint[] | undefined {
  const points: LinePoint[] = roots.map((root) => ({ ...root, isRoot: true, bounds: [], text: "" }));
  for (const bound of bounds) {
    const enclosed = enclosure(bound.value, budget);
    if (enclosed === undefined) return undefined;
    const place = placeOf(bound, enclosed, points, product, budget);
    if (place === "undecided") return undefined;
    if (place !== undefined) points[place] = { ...points[place]!, bounds: [...points[place]!.bounds, bound] };
    else points.push({ ...enclosed, isRoot: false, bounds: [bound], text: printExpression(bound.value).slice(0, 80) });
  }
  return points.sort((a, b) => Q.compare(a.low, b.low));
}

function enclosure(value: Expression, budget: Budget): U.RootInterval | undefined {
  const found = new Evaluator(new Map(), BITS, budget).value(value);
  if (found === undefined) return undefined;
  if (isExact(found)) return { low: found, high: found };
  const unit = 1n << BigInt(BITS);
  const { low, high } = found;
  return { low: Q.rational(low, unit), high: Q.rational(high, unit) };
}

const areApart = (a: U.RootInterval, b: U.RootInterval): boolean =>
  Q.compare(a.high, b.low) < 0 || Q.compare(b.high, a.low) < 0;

/** The index of the point that a bound coincides with; undefined where it is a new one. Narrows the roots that are in the way. */
function placeOf(
  bound: Bound,
  enclosed: U.RootInterval,
  points: LinePoint[],
  product: U.Univariate,
  budget: Budget,
): number | "undecided" | undefined {
  for (const [k, point] of points.entries()) {
    let near: U.RootInterval = point;
    const narrow = (rounds: number): boolean => {
      for (let round = 0; round < rounds && point.isRoot && !areApart(near, enclosed); round++) {
        budget.spend(product.length);
        const next = U.refine(product, near);
        if (next === near) break;
        near = next;
      }
      points[k] = { ...points[k]!, low: near.low, high: near.high };
      return areApart(near, enclosed);
    };
    if (narrow(FIRST_REFINEMENTS)) continue;
    const isSame = point.isRoot
      ? compareExpressions(horner(product, bound.value), { kind: "number", value: Q.ZERO }, budget)
      : compareExpressions(point.bounds[0]!.value, bound.value, budget);
    // A proved root is this one if no other is as near.
    const isAlone = points.every((other, j) => j === k || areApart(other, enclosed));
    if (isSame.verdict === "proved" && isAlone) return k;
    if (!narrow(REFINEMENTS)) return "undecided";
  }
  return undefined;
}

/** p(value) as an expression, by Horner's rule. */
function horner(p: U.Univariate, value: Expression): Expression {
  let result: Expression = { kind: "number", value: p.at(-1) ?? Q.ZERO };
  for (let k = p.length - 2; k >= 0; k--) {
    const product: Expression = { kind: "product", factors: [result, value] };
    result = { kind: "sum", terms: [product, { kind: "number", value: p[k]! }] };
  }
  return result;
}
