// What a problem of statistics is, and its answer. Knows no wordings and no trace.

import { gcd } from "../../division.ts";

export const KINDS = ["mean", "median", "mode", "range", "weighted", "missing"] as const;
export type Kind = (typeof KINDS)[number];

/**
 * `values` in the order told. `weighted`: each value as often as its place in `counts` says. `missing`: one more number, and all
 * together have the mean `mean`.
 */
export interface Statistics {
  readonly kind: Kind;
  readonly values: readonly number[];
  readonly counts?: readonly number[];
  readonly mean?: number;
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((x, y) => x + y, 0);

export const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

/** How often each value stands in the list, in order of size. */
export function frequencies(values: readonly number[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const value of sorted(values)) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
}

/** The most frequent values; a mode is one alone. */
export function mostFrequent(values: readonly number[]): number[] {
  const times = frequencies(values);
  const most = Math.max(...times.values());
  return [...times].filter(([, count]) => count === most).map(([value]) => value);
}

/** The answer as a fraction in lowest terms. */
export function answerOf({ kind, values, counts, mean }: Statistics): readonly [over: number, under: number] {
  const n = values.length;
  switch (kind) {
    case "mean":
      return ratio(sum(values), n);
    case "weighted":
      return ratio(sum(values.map((value, i) => value * counts![i]!)), sum(counts!));
    case "median": {
      const order = sorted(values);
      return ratio(order[Math.floor((n - 1) / 2)]! + order[Math.floor(n / 2)]!, 2);
    }
    case "mode":
      return [mostFrequent(values)[0]!, 1];
    case "range":
      return [Math.max(...values) - Math.min(...values), 1];
    case "missing":
      return [mean! * (n + 1) - sum(values), 1];
  }
}

function ratio(over: number, under: number): [number, number] {
  const common = gcd(over, under);
  return [over / common, under / common];
}

/** Whether it has one answer that is not below 0. */
export function isProblem(problem: Statistics): boolean {
  const { kind, values, counts } = problem;
  if (values.length < 2 || values.some((value) => !Number.isInteger(value) || value > 99_999)) return false;
  if (kind === "weighted")
    return (
      counts?.length === values.length && counts.every((count) => count > 0) && new Set(values).size === values.length
    );
  if (kind === "mode") return mostFrequent(values).length === 1 && Math.max(...frequencies(values).values()) > 1;
  return kind !== "missing" || (Number.isInteger(problem.mean) && answerOf(problem)[0] >= 0);
}
