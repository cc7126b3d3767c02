// How far two accuracies differ: Newcombe's interval for independent samples, McNemar's exact test for paired ones.
// Sources: R. G. Newcombe 1998 (method 10, from Wilson intervals); Q. McNemar 1947, exact binomial form.

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
