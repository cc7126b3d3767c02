// What checking answers is worth, by family: greedy beside checked on the same problems. Owns the paired comparison of lines; families
// that recompute answers are never pooled with those that check them.

import type { AnswerBy } from "@lemma/protocol";
import type { ScoreCounts, VerifiedCounts } from "./cells.ts";
import { mcnemar, newcombePaired } from "./statistics/difference.ts";
import type { Interval } from "./statistics/wilson.ts";

/** Greedy beside checked for one family, or for all that judge alike. */
export interface VerifiedGain {
  /** A task id, or `all`. */
  task: string;
  by: AnswerBy | null;
  n: number;
  /** Accuracies, 0 to 1. */
  greedy: number;
  checked: number;
  /** checked − greedy with its 95 % interval, paired, and the p-value that they differ. */
  gain: number;
  interval: Interval;
  p: number;
  /** The share of greedy errors that are gone; null: there were none. */
  errorsGone: number | null;
  meanReplies: number;
  /** Given answers that passed the check and are wrong; right greedy answers that did not pass. */
  letThrough: number;
  refused: number;
}

type Line = ScoreCounts & { task: string };

/**
 * The gains of lines that have `verified`: each family, those that check first, each kind followed by `all` where it has several.
 * @example verifiedGains((await evaluate({ model, tasks, attempts: 8 })).lines)
 */
export function verifiedGains(lines: readonly Line[]): VerifiedGain[] {
  const counted = lines.filter((line) => line.verified !== undefined);
  const gains: VerifiedGain[] = [];
  for (const by of ["checking", "recomputing", null] as const) {
    const alike = counted.filter((line) => line.verified!.by === by);
    const families = Map.groupBy(alike, ({ task }) => task);
    for (const [task, own] of families) gains.push(gainOf(task, by, own));
    if (families.size > 1) gains.push(gainOf("all", by, alike));
  }
  return gains;
}

function gainOf(task: string, by: AnswerBy | null, lines: readonly Line[]): VerifiedGain {
  const sum = (of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0);
  const checks = (name: Exclude<keyof VerifiedCounts, "by">): number => sum(({ verified }) => verified![name]);
  const n = sum((line) => line.n);
  const right = sum((line) => line.right);
  const [gained, lost] = [checks("gained"), checks("lost")];
  const selected = right + gained - lost;
  const errors = n - right;
  return {
    task,
    by,
    n,
    greedy: right / n,
    checked: selected / n,
    gain: (selected - right) / n,
    interval: newcombePaired(right - lost, gained, lost, errors - gained),
    p: mcnemar(gained, lost),
    errorsGone: errors === 0 ? null : (gained - lost) / errors,
    meanReplies: checks("replies") / n,
    letThrough: checks("letThrough"),
    refused: checks("refused"),
  };
}

const percent = (share: number): string => (100 * share).toFixed(1);

/** The titles of `gainCells`. */
export const GAIN_TITLES = [
  "family",
  "judged by",
  "problems",
  "greedy, %",
  "checked, %",
  "gain, points",
  "95 % interval",
  "errors gone, %",
  "replies a problem",
  "let through",
  "refused",
];

/** A gain as the cells of a table. */
export function gainCells(gain: VerifiedGain): string[] {
  return [
    gain.task,
    gain.by ?? "nothing",
    String(gain.n),
    percent(gain.greedy),
    percent(gain.checked),
    percent(gain.gain),
    `${percent(gain.interval.low)} to ${percent(gain.interval.high)}`,
    gain.errorsGone === null ? "–" : percent(gain.errorsGone),
    gain.meanReplies.toFixed(2),
    String(gain.letThrough),
    String(gain.refused),
  ];
}
