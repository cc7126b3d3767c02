// Two models on the same problems: by family how far accuracy and sound accuracy differ. Owns the pairing; asks no model.

import { familyById } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import type { ProblemOutcome } from "./evaluate.ts";
import { holm, mcnemar, newcombePaired } from "./statistics/difference.ts";
import { type Interval, Z95 } from "./statistics/wilson.ts";

/** One accuracy of two models: shares of 0 to 1, second less first with its paired 95 % interval. */
export interface PairedShare {
  first: number;
  second: number;
  gain: number;
  interval: Interval;
}

/** A line of a comparison. */
export interface Comparison {
  /** A task id, or `mean`: of the families, each counting alike; dialogue is left out. */
  task: string;
  n: number;
  /** Right answers. */
  right: PairedShare;
  /** Right answers without a false line. */
  sound: PairedShare;
  /** p-values that the right answers differ: McNemar's exact test, corrected after Holm over the families; null for `mean`. */
  p: number | null;
}

/**
 * Compares two evaluations of the same problems: a line a family in the order of the outcomes, then `mean` where there are several.
 * Throws LEMMA_E_OPTION where the problems are not the same.
 * @example compareOutcomes((await evaluate({ model: before, tasks })).outcomes, (await evaluate({ model: after, tasks })).outcomes)
 */
export function compareOutcomes(first: readonly ProblemOutcome[], second: readonly ProblemOutcome[]): Comparison[] {
  const at = first.findIndex(({ id }, i) => id !== second[i]?.id);
  if (at >= 0 || first.length !== second.length)
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "second",
      expected: `outcomes of the same ${first.length} problems in the same order`,
      found: `${second.length} of which number ${at < 0 ? first.length : at} differs`,
    });
  const families = Map.groupBy(
    first.map((outcome, i) => ({ task: outcome.task, first: outcome, second: second[i]! })),
    ({ task }) => task,
  );
  const tables = [...families].map(([task, pairs]) => {
    return { task, right: tableOf(pairs, "right"), sound: tableOf(pairs, "sound") };
  });
  const ps = holm(tables.map(({ right }) => mcnemar(right.onlyFirst, right.onlySecond)));
  const lines = tables.map(({ task, right, sound }, i): Comparison => {
    return { task, n: right.n, right: shareOf(right), sound: shareOf(sound), p: ps[i]! };
  });
  const taught = tables.filter(({ task }) => familyById(task).area !== "dialogue");
  if (taught.length < 2) return lines;
  const n = taught.reduce((sum, { right }) => sum + right.n, 0);
  const [right, sound] = (["right", "sound"] as const).map((name) => meanOf(taught.map((table) => table[name])));
  return [...lines, { task: "mean", n, right: right!, sound: sound!, p: null }];
}

interface PairedTable {
  n: number;
  both: number;
  onlyFirst: number;
  onlySecond: number;
}

function tableOf(
  pairs: readonly { first: ProblemOutcome; second: ProblemOutcome }[],
  name: "right" | "sound",
): PairedTable {
  const count = (inFirst: boolean, inSecond: boolean): number =>
    pairs.filter(({ first, second }) => first[name] === inFirst && second[name] === inSecond).length;
  return { n: pairs.length, both: count(true, true), onlyFirst: count(true, false), onlySecond: count(false, true) };
}

function shareOf({ n, both, onlyFirst, onlySecond }: PairedTable): PairedShare {
  return {
    first: (both + onlyFirst) / n,
    second: (both + onlySecond) / n,
    gain: (onlySecond - onlyFirst) / n,
    interval: newcombePaired(both, onlySecond, onlyFirst, n - both - onlyFirst - onlySecond),
  };
}

/** The mean of families: their differences are independent, so the variances of their means add up; normal approximation. */
function meanOf(tables: readonly PairedTable[]): PairedShare {
  const mean = (of: (table: PairedTable) => number): number =>
    tables.reduce((sum, table) => sum + of(table), 0) / tables.length;
  const gain = mean(({ n, onlyFirst, onlySecond }) => (onlySecond - onlyFirst) / n);
  const variance = mean(({ n, onlyFirst, onlySecond }) => {
    return ((onlyFirst + onlySecond) / n - ((onlySecond - onlyFirst) / n) ** 2) / n;
  });
  const reach = Z95 * Math.sqrt(variance / tables.length);
  return {
    first: mean(({ n, both, onlyFirst }) => (both + onlyFirst) / n),
    second: mean(({ n, both, onlySecond }) => (both + onlySecond) / n),
    gain,
    interval: { low: gain - reach, high: gain + reach },
  };
}

const percent = (share: number): string => (100 * share).toFixed(1);
const range = ({ low, high }: Interval): string => `${percent(low)} to ${percent(high)}`;

/** The titles of `comparisonCells`. */
export const COMPARISON_TITLES = [
  "family",
  "problems",
  "right, %",
  "then",
  "gain, points",
  "95 % interval",
  "p (Holm)",
  "sound, %",
  "then",
  "gain, points",
  "95 % interval",
];

/** A line as the cells of a table. */
export const comparisonCells = ({ task, n, right, sound, p }: Comparison): string[] => {
  const share = (of: PairedShare): string[] => [
    percent(of.first),
    percent(of.second),
    percent(of.gain),
    range(of.interval),
  ];
  return [task, String(n), ...share(right), p === null ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3), ...share(sound)];
};
