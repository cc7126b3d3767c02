// Whether two expressions are the same real function wherever both are defined, isolated points ignored.
// proved: the difference converts to zero in the kernel's ring, and some point exists where both are defined.
// refuted: certain interval (or exact) values at one rational point exclude equality; that point is the witness.
// Everything else is unknown. Sampled agreement alone is never a proof.

import type { Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import { approximate } from "../kernel/approximate.ts";
import { convert } from "../kernel/convert.ts";
import { arithmetic, Evaluator, isExact, type Point } from "../kernel/evaluate.ts";
import * as F from "../kernel/fraction.ts";
import { compareModulo } from "../kernel/modular.ts";
import * as P from "../kernel/polynomial.ts";
import { Ring } from "../kernel/ring.ts";
import type { Interval } from "../number/interval.ts";
import * as Q from "../number/rational.ts";
import type { Expression } from "../syntax/expression.ts";
import { symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { compareComplex, isComplex } from "./complex.ts";
import { judgeConstants } from "./constants.ts";
import { samplePoints } from "./points.ts";
import { compareRounded, isRounded } from "./rounded.ts";

const SCREEN_BITS = 96;
const FINE_BITS = 192;
const FINEST_BITS = 512;

/** Compares two expressions within a budget. */
export function compareExpressions(a: Expression, b: Expression, budget: Budget): Verdict {
  try {
    if (isRounded(a) || isRounded(b)) {
      return compareRounded(
        a,
        b,
        (x, y) => compareExpressions(x, y, budget),
        (x, operator, y) => (symbolsOf(x, y).size > 0 ? unknown("undecided") : judgeConstants(x, operator, y, budget)),
      );
    }
    if (a.kind === "number" && b.kind === "number") return compareNumbers(a.value, b.value);
    if (isComplex(a) || isComplex(b)) return compareComplex(a, b, budget, compareExpressions);
    const symbols = [...symbolsOf(a, b)].sort();
    const screen = screenPoints(a, b, symbols, budget);
    if (screen.verdict !== undefined) return screen.verdict;
    const zero = isZeroDifference(a, b, budget);
    if (zero === "yes") return screen.defined === 0 ? unknown("undecided") : proved("exact");
    if (zero === "budget" && screen.defined > 0) {
      budget.left = Math.max(budget.left, 20_000);
      if (compareModulo(a, b, budget) === "equal") return proved("modular");
    }
    const fine = separate(a, b, symbols, zero === "no" ? FINEST_BITS : FINE_BITS, budget);
    if (fine !== undefined) return fine;
    if (screen.defined === 0) return unknown("undecided");
    return unknown(zero === "budget" ? "budget" : zero === "unsupported" ? "unsupported" : "numerically-equal");
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

function compareNumbers(a: Q.Rational, b: Q.Rational): Verdict {
  return Q.equal(a, b) ? proved("exact") : refuted({ left: Q.toText(a), right: Q.toText(b) });
}

/** Whether the difference is zero in the ring. "no" is no refutation: the ring need not know every identity. */
function isZeroDifference(a: Expression, b: Expression, budget: Budget): "yes" | "no" | "budget" | "unsupported" {
  const ring = new Ring(new Budget(Math.max(0, budget.left * 0.8)));
  try {
    return ring.stable(() => {
      const difference = F.add(convert(a, ring), F.negate(convert(b, ring)), ring);
      return P.isZero(ring.reduce(difference.over)) ? "yes" : "no";
    });
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return "budget";
    if (problem instanceof Unsupported) return "unsupported";
    throw problem;
  } finally {
    budget.left -= Math.max(0, budget.left * 0.8 - Math.max(0, ring.budget.left));
  }
}

/** Looks at points in floating point; a clear difference is confirmed by certain values. Counts points where both are defined. */
function screenPoints(
  a: Expression,
  b: Expression,
  symbols: readonly string[],
  budget: Budget,
): { verdict?: Verdict; defined: number } {
  let defined = 0;
  for (const point of samplePoints(symbols, 24)) {
    budget.spend(2);
    const doubles = new Map([...point].map(([name, value]) => [name, Q.toNumber(value)]));
    const left = approximate(a, doubles);
    const right = approximate(b, doubles);
    if (Number.isNaN(left) || Number.isNaN(right)) continue;
    const isBounded = Number.isFinite(left) && Number.isFinite(right);
    const isClose = isBounded && Math.abs(left - right) <= 1e-7 * (1 + Math.abs(left) + Math.abs(right));
    if (!isClose) {
      const verdict = separateAt(a, b, point, SCREEN_BITS, budget);
      if (verdict !== undefined) return { verdict, defined };
    } else if (defined === 0 && !isDefinedAt(a, b, point, budget)) continue;
    if (++defined >= (symbols.length === 0 ? 1 : 6)) break;
  }
  return { defined };
}

function isDefinedAt(a: Expression, b: Expression, point: Point, budget: Budget): boolean {
  const evaluator = new Evaluator(point, SCREEN_BITS, budget);
  return evaluator.value(a) !== undefined && evaluator.value(b) !== undefined;
}

function separate(
  a: Expression,
  b: Expression,
  symbols: readonly string[],
  bits: number,
  budget: Budget,
): Verdict | undefined {
  for (const point of samplePoints(symbols, symbols.length === 0 ? 1 : 32)) {
    const verdict = separateAt(a, b, point, bits, budget);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

/** A refutation where the values at the point certainly differ. */
export function separateAt(
  a: Expression,
  b: Expression,
  point: Point,
  bits: number,
  budget: Budget,
): Verdict | undefined {
  const evaluator = new Evaluator(point, bits, budget);
  const left = evaluator.value(a);
  if (left === undefined) return undefined;
  const right = evaluator.value(b);
  if (right === undefined) return undefined;
  const differs =
    isExact(left) && isExact(right)
      ? !Q.equal(left, right)
      : areDisjoint(evaluator.interval(left), evaluator.interval(right));
  if (!differs) return undefined;
  const witness: Record<string, string> = {};
  for (const [name, value] of point) witness[name] = Q.toText(value);
  const show = (value: Q.Rational | Interval): string =>
    isExact(value) ? Q.toText(value) : arithmetic(bits).toText(value);
  return refuted({ ...witness, left: show(left), right: show(right) });
}

const areDisjoint = (a: Interval, b: Interval): boolean => a.high < b.low || b.high < a.low;
