// The interval in which a share lies that was seen on a few trials. Owns the formula: E. B. Wilson, 1927, 95 %.

/** `hits` of `trials` with the ends of the 95 % interval; ends 0 and 1 where there were no trials. */
export interface Share {
  hits: number;
  trials: number;
  share: number | null;
  low: number;
  high: number;
}

const Z = 1.959963984540054;

/**
 * @example
 * wilson(98, 100); // { hits: 98, trials: 100, share: 0.98, low: 0.93…, high: 0.994… }
 */
export function wilson(hits: number, trials: number): Share {
  if (trials === 0) return { hits, trials, share: null, low: 0, high: 1 };
  const p = hits / trials;
  const scale = 1 + Z ** 2 / trials;
  const middle = (p + Z ** 2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / trials + Z ** 2 / (4 * trials ** 2));
  const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
  return { hits, trials, share: rounded(p), low: rounded(middle - half), high: rounded(middle + half) };
}
