// Sums scores by cell: the lines that `lemma eval --json` prints. Owns their shape; cells are disjoint, no sums are kept.

import type { Language } from "@lemma/protocol";
import type { Problem } from "./problems.ts";
import type { ReplyScore, StepCounts } from "./score-reply.ts";
import { wilson } from "./statistics/wilson.ts";

/** One line of `lemma eval --json`. */
export interface CellScore {
  task: string;
  cell: string;
  language: Language;
  level: number;
  phrasing: "trained" | "heldout";
  n: number;
  right: number;
  accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  low: number;
  high: number;
  unparsed: number;
  truncated: number;
  steps: StepCounts;
  /** Right answers by verified-select; only with samples. */
  selected?: number;
}

/** Collects scores; `lines` gives a line for each cell in the order in which cells were first met, sorted by task. */
export class CellTable {
  readonly #cells = new Map<string, CellScore>();

  add({ row, cell }: Problem, score: ReplyScore, selectedRight?: boolean): void {
    const { task, language, level } = row;
    const phrasing = row.phrasing.startsWith("heldout") ? "heldout" : "trained";
    const key = JSON.stringify([task, level, cell, language, phrasing]);
    let line = this.#cells.get(key);
    if (line === undefined) {
      const steps = { all: 0, checkable: 0, proved: 0, refuted: 0 };
      const counts = { n: 0, right: 0, accuracy: 0, low: 0, high: 1, unparsed: 0, truncated: 0 };
      line = { task, cell, language, level, phrasing, ...counts, steps };
      this.#cells.set(key, line);
    }
    line.n++;
    if (score.right) line.right++;
    if (score.unparsed) line.unparsed++;
    if (score.truncated) line.truncated++;
    for (const name of ["all", "checkable", "proved", "refuted"] as const) line.steps[name] += score.counts[name];
    if (selectedRight !== undefined) line.selected = (line.selected ?? 0) + (selectedRight ? 1 : 0);
  }

  lines(): CellScore[] {
    const order = (line: CellScore): string => JSON.stringify([line.task, line.level, line.cell, line.language]);
    return [...this.#cells.values()]
      .map((line) => ({ ...line, accuracy: line.right / line.n, ...wilson(line.right, line.n) }))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }
}

/** Accuracy of several cells together, as the goals of a family are stated. */
export interface PooledScore {
  n: number;
  right: number;
  accuracy: number;
  low: number;
  high: number;
}

/** Pools lines, for reports; sums never appear among the cells themselves. */
export function pool(lines: readonly CellScore[]): PooledScore {
  const n = lines.reduce((sum, line) => sum + line.n, 0);
  const right = lines.reduce((sum, line) => sum + line.right, 0);
  return { n, right, accuracy: n === 0 ? 0 : right / n, ...wilson(right, n) };
}
