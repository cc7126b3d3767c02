// Wilson's score interval for a proportion: what every accuracy is reported with. Knows no models.
// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

/** The two-sided 95 % quantile of the normal distribution. */
export const Z95 = 1.959963984540054;

/** Bounds of a proportion, from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The interval for `right` successes in `n` independent trials; [0, 1] for no trials.
 * @example wilson(9, 10) // { low: 0.5958, high: 0.9821 } (rounded)
 */
export function wilson(right: number, n: number, z: number = Z95): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const p = right / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // The bounds at no and at all successes are exact; rounding would move them by an ulp.
  return { low: right === 0 ? 0 : (centre - spread) / scale, high: right === n ? 1 : (centre + spread) / scale };
}
