// Relations between two expressions without unknowns: decided exactly where both are rational, else by certain intervals.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import { arithmetic, Evaluator, isExact } from "../kernel/evaluate.ts";
import * as Q from "../number/rational.ts";
import type { Expression, RelationOperator } from "../syntax/expression.ts";
import { printExpression } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { isComplex } from "./complex.ts";
import { compareExpressions } from "./expressions.ts";
import { isRounded, judgeRounded } from "./rounded.ts";

const NOWHERE = new Map<string, Q.Rational>();
const BITS = 256;

/** Whether `operator` holds for the sign of left - right. */
export function holdsForSign(operator: RelationOperator, sign: -1 | 0 | 1): boolean {
  switch (operator) {
    case "=":
      return sign === 0;
    case "!=":
      return sign !== 0;
    case "<":
      return sign < 0;
    case ">":
      return sign > 0;
    case "<=":
      return sign <= 0;
    case ">=":
      return sign >= 0;
  }
}

/** Judges a relation without unknowns. */
export function judgeConstants(
  left: Expression,
  operator: RelationOperator,
  right: Expression,
  budget: Budget,
): Verdict {
  if (operator === "=" && (isRounded(left) || isRounded(right)))
    return judgeRounded(left, right, (x, sign, y) => judgeConstants(x, sign, y, budget));
  if (isComplex(left) || isComplex(right)) {
    const equality =
      operator === "=" || operator === "!=" ? compareExpressions(left, right, budget) : unknown("unsupported");
    if (operator === "=" || equality.verdict === "unknown") return equality;
    return equality.verdict === "refuted"
      ? proved("exact")
      : refuted({ left: printExpression(left), right: "the same value" });
  }
  const evaluator = new Evaluator(NOWHERE, BITS, budget);
  const a = evaluator.value(left);
  const b = evaluator.value(right);
  if (a === undefined || b === undefined) {
    const undefinedSide = a === undefined ? left : right;
    const hasPoleOnly = isRationalOnly(undefinedSide);
    return hasPoleOnly ? refuted({ undefined: printExpression(undefinedSide).slice(0, 120) }) : unknown("unsupported");
  }
  if (isExact(a) && isExact(b)) {
    if (holdsForSign(operator, Q.compare(a, b))) return proved("exact");
    return refuted({ left: Q.toText(a), right: Q.toText(b) });
  }
  const x = evaluator.interval(a);
  const y = evaluator.interval(b);
  if (x.high < y.low || y.high < x.low) {
    if (holdsForSign(operator, x.high < y.low ? -1 : 1)) return proved("interval");
    const show = (value: Q.Rational | typeof x): string =>
      isExact(value) ? Q.toText(value) : arithmetic(BITS).toText(value);
    return refuted({ left: show(a), right: show(b) });
  }
  const equality = compareExpressions(left, right, budget);
  if (equality.verdict !== "proved") return equality.verdict === "refuted" ? unknown("undecided") : equality;
  return holdsForSign(operator, 0) ? equality : refuted({ left: printExpression(left), right: "the same value" });
}

/** Only +, -, ·, /, whole powers: then an undefined value is a division by zero, which a person can see. */
function isRationalOnly(e: Expression): boolean {
  switch (e.kind) {
    case "number":
      return true;
    case "sum":
      return e.terms.every(isRationalOnly);
    case "product":
      return e.factors.every(isRationalOnly);
    case "quotient":
      return isRationalOnly(e.over) && isRationalOnly(e.under);
    case "negative":
      return isRationalOnly(e.of);
    case "power":
      return isRationalOnly(e.base) && e.exponent.kind === "number" && e.exponent.value.d === 1n;
    default:
      return false;
  }
}
