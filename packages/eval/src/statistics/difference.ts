// How far two accuracies differ: Newcombe's intervals for independent and for paired samples, McNemar's exact test for paired
// ones, Holm's correction for several tests.
// Sources: R. G. Newcombe 1998, Statistics in Medicine 17, 873–890 (independent, method 10) and 2635–2650 (paired, method 10), both
// from Wilson intervals; Q. McNemar 1947, exact binomial form.

import { type Interval, wilson } from "./wilson.ts";

/** The 95 % interval of p1 − p2 for `right1` of `n1` and `right2` of `n2`, independent samples. */
export function newcombe(right1: number, n1: number, right2: number, n2: number): Interval {
  const [p1, p2] = [right1 / n1, right2 / n2];
  const [a, b] = [wilson(right1, n1), wilson(right2, n2)];
  return {
    low: p1 - p2 - Math.hypot(p1 - a.low, b.high - p2),
    high: p1 - p2 + Math.hypot(a.high - p1, p2 - b.low),
  };
}

/**
 * The 95 % interval of p1 − p2 where two systems answered the same problems: `both` right in both, `onlyFirst` only in the first,
 * `onlySecond` only in the second, `neither` in none. The correlation is corrected for continuity where it is positive.
 * @example newcombePaired(36, 12, 2, 0) // { low: 0.0569, high: 0.3404 } (rounded)
 */
export function newcombePaired(both: number, onlyFirst: number, onlySecond: number, neither: number): Interval {
  const n = both + onlyFirst + onlySecond + neither;
  if (n === 0) return { low: -1, high: 1 };
  const [right1, right2] = [both + onlyFirst, both + onlySecond];
  const [p1, p2] = [right1 / n, right2 / n];
  const [a, b] = [wilson(right1, n), wilson(right2, n)];
  const crossed = both * neither - onlyFirst * onlySecond;
  const corrected = crossed > 0 ? Math.max(crossed - n / 2, 0) : crossed;
  const margins = right1 * (n - right1) * right2 * (n - right2);
  const phi = margins === 0 ? 0 : corrected / Math.sqrt(margins);
  const reach = (x: number, y: number): number => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  return { low: p1 - p2 - reach(p1 - a.low, b.high - p2), high: p1 - p2 + reach(a.high - p1, p2 - b.low) };
}

/**
 * The two-sided p-value that two systems differ on the same problems: `onlyFirst` were right only in the first,
 * `onlySecond` only in the second. 1 when they never disagree.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

/**
 * Holm's p-values for several tests at once, in the order given: each may be compared with the level that all together shall keep.
 * Source: S. Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 65–70.
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(ps: readonly number[]): number[] {
  const adjusted: number[] = [];
  let highest = 0;
  for (const [rank, { p, at }] of ps
    .map((p, at) => ({ p, at }))
    .sort((a, b) => a.p - b.p)
    .entries()) {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * p));
    adjusted[at] = highest;
  }
  return adjusted;
}
