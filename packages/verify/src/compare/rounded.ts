// Rounded numbers, written behind ≈: 3.14 stands for every value that rounds to it. Owns the range of a rounded number and what it proves:
// `10/3 ≈ 3.33` is a claim that holds, but the answer ≈ 3.33 is not proved to be 10/3.

import type { Verdict } from "@lemma/protocol";
import * as Q from "../number/rational.ts";
import type { Expression } from "../syntax/expression.ts";
import { hasPart, mapNumbers } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";

/** Whether a rounded number occurs. */
export const isRounded = (e: Expression): boolean =>
  hasPart(e, (part) => part.kind === "number" && part.places !== undefined);

/** The expression with its rounded numbers taken as exact. */
export const exactly = (e: Expression): Expression => moved(e, Q.ZERO, false);

/** Rounded numbers moved by a share of their last place; of a whole number that is its last digit that is not 0 where `wide`. */
function moved(e: Expression, share: Q.Rational, wide: boolean): Expression {
  return mapNumbers(e, (node) => {
    if (node.places === undefined) return node;
    return { kind: "number", value: Q.add(node.value, Q.mul(share, lastPlace(node.value, node.places, wide))) };
  });
}

function lastPlace(value: Q.Rational, places: number, wide: boolean): Q.Rational {
  if (places > 0) return Q.rational(1n, 10n ** BigInt(places));
  let unit = 1n;
  if (wide && value.d === 1n && value.n !== 0n) while (value.n % (unit * 10n) === 0n) unit *= 10n;
  return Q.fromInteger(unit);
}

type Holds = (left: Expression, operator: "<=" | ">=", right: Expression) => Verdict;

/** Whether a value lies within `share` last places of a rounded expression; undefined where that is not decided. */
function isWithin(
  value: Expression,
  rounded: Expression,
  share: Q.Rational,
  wide: boolean,
  holds: Holds,
): boolean | undefined {
  const ends = [moved(rounded, Q.neg(share), wide), moved(rounded, share, wide)] as const;
  const between = (low: Expression, high: Expression): boolean | undefined => {
    const verdicts = [holds(value, ">=", low).verdict, holds(value, "<=", high).verdict];
    if (verdicts.includes("refuted")) return false;
    return verdicts.includes("unknown") ? undefined : true;
  };
  const upward = between(ends[0], ends[1]);
  return upward === true ? true : upward === undefined ? undefined : between(ends[1], ends[0]);
}

/** Judges `left ≈ right`: proved where it is the rounded value, refuted where it is more than a whole last place off. */
export function judgeRounded(left: Expression, right: Expression, holds: Holds): Verdict {
  const [value, rounded] = isRounded(right) ? [exactly(left), right] : [exactly(right), left];
  if (isWithin(value, rounded, Q.HALF, false, holds) === true) return proved("interval");
  const isNear = isWithin(value, rounded, Q.ONE, true, holds);
  return isNear === false
    ? refuted({ left: "more than a last place off", right: "the rounded value" })
    : unknown("undecided");
}

/** The verdict on two values of which one or both are rounded: equality as written is a proof, agreement after rounding is none. */
export function compareRounded(
  a: Expression,
  b: Expression,
  compare: (a: Expression, b: Expression) => Verdict,
  holds: Holds,
): Verdict {
  const exact = compare(exactly(a), exactly(b));
  if (exact.verdict !== "refuted") return exact;
  const pairs = [
    [a, b],
    [b, a],
  ] as const;
  let isFar = true;
  for (const [value, rounded] of pairs) {
    if (!isRounded(rounded)) continue;
    const isNear = isWithin(exactly(value), rounded, Q.ONE, true, holds);
    if (isNear === true) return unknown("numerically-equal");
    if (isNear === undefined) isFar = false;
  }
  return isFar ? exact : unknown("undecided");
}
