// Sums scores by cell, or by wording: the lines that `lemma eval --json` prints. Owns their shapes; the lines of one table
// are disjoint, no sums are kept.

import type { AnswerBy, Language } from "@lemma/protocol";
import type { StepCounts } from "@lemma/verify";
import type { Problem } from "./problems.ts";
import { questionOf, type ReplyScore } from "./score-reply.ts";
import { wilson } from "./statistics/wilson.ts";

/** What is counted of the problems of a line. */
export interface ScoreCounts {
  n: number;
  right: number;
  accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  low: number;
  high: number;
  /** Right answers without a false line: none that stands is refuted. The rest of `right` may be luck. */
  sound: number;
  unparsed: number;
  truncated: number;
  steps: StepCounts;
  /** Right answers where each was checked before it was given; only with attempts. */
  selected?: number;
  /** What checking did; only with attempts. */
  verified?: VerifiedCounts;
}

/** What checking answers without a reference did to the problems of a line. `right` of the line is greedy, `selected` is with checks. */
export interface VerifiedCounts {
  /** How the task judges; null: it can't. */
  by: AnswerBy | null;
  /** Replies made in all. */
  replies: number;
  /** Problems whose given answer passed the check. */
  passed: number;
  /** Given answers that passed and are wrong. */
  letThrough: number;
  /** Right greedy answers that did not pass. */
  refused: number;
  /** Wrong greedily, right with checks; and the other way round. */
  gained: number;
  lost: number;
}

/** What checking did to one problem. */
export interface VerifiedOutcome {
  right: boolean;
  passed: boolean;
  attempts: number;
  greedyPassed: boolean;
  by: AnswerBy | null;
}

interface CellLabels {
  task: string;
  cell: string;
  language: Language;
  level: number;
  phrasing: "trained" | "heldout";
}

interface PhrasingLabels {
  task: string;
  /** The wording's id, such as `trained-3`; ids of the two languages are of different wordings. */
  phrasing: string;
  language: Language;
  level: number;
  /** The first question that was asked in this wording. */
  example: string;
}

/** One line of `lemma eval --json`. */
export interface CellScore extends CellLabels, ScoreCounts {}

/** One line of `lemma eval --by phrasing --json`. */
export interface PhrasingScore extends PhrasingLabels, ScoreCounts {}

/** Collects scores in lines; problems whose labels give the same `place` share one. */
class ScoreTable<Labels extends object> {
  readonly #lines = new Map<string, Labels & ScoreCounts>();
  readonly #labelsOf: (problem: Problem) => Labels;
  readonly #placeOf: (labels: Labels) => (string | number)[];

  constructor(labelsOf: (problem: Problem) => Labels, placeOf: (labels: Labels) => (string | number)[]) {
    this.#labelsOf = labelsOf;
    this.#placeOf = placeOf;
  }

  add(problem: Problem, score: ReplyScore, outcome?: VerifiedOutcome): void {
    const labels = this.#labelsOf(problem);
    const place = JSON.stringify(this.#placeOf(labels));
    let line = this.#lines.get(place);
    if (line === undefined) {
      const steps = { all: 0, checkable: 0, proved: 0, refuted: 0 };
      const counts = { n: 0, right: 0, accuracy: 0, low: 0, high: 1, sound: 0, unparsed: 0, truncated: 0 };
      line = { ...labels, ...counts, steps };
      this.#lines.set(place, line);
    }
    line.n++;
    if (score.right) line.right++;
    if (score.sound) line.sound++;
    if (score.unparsed) line.unparsed++;
    if (score.truncated) line.truncated++;
    for (const name of ["all", "checkable", "proved", "refuted"] as const) line.steps[name] += score.counts[name];
    if (outcome !== undefined) addOutcome(line, score, outcome);
  }

  /** The lines in the order of their places; numbers in names count as numbers. */
  lines(): (Labels & ScoreCounts)[] {
    return [...this.#lines.entries()]
      .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
      .map(([, line]) => ({ ...line, accuracy: line.right / line.n, ...wilson(line.right, line.n) }));
  }
}

function addOutcome(line: ScoreCounts, { right }: ReplyScore, outcome: VerifiedOutcome): void {
  const none = { by: outcome.by, replies: 0, passed: 0, letThrough: 0, refused: 0, gained: 0, lost: 0 };
  line.verified ??= none;
  line.selected = (line.selected ?? 0) + Number(outcome.right);
  line.verified.by ??= outcome.by;
  line.verified.replies += outcome.attempts;
  line.verified.passed += Number(outcome.passed);
  line.verified.letThrough += Number(outcome.passed && !outcome.right);
  line.verified.refused += Number(right && !outcome.greedyPassed);
  line.verified.gained += Number(outcome.right && !right);
  line.verified.lost += Number(right && !outcome.right);
}

/** Scores by task, level, cell (an operation or a size) and language. */
export class CellTable extends ScoreTable<CellLabels> {
  constructor() {
    super(
      ({ row: { task, language, level, phrasing }, cell }) => {
        return { task, cell, language, level, phrasing: phrasing.startsWith("heldout") ? "heldout" : "trained" };
      },
      ({ task, level, cell, language, phrasing }) => [task, level, cell, language, phrasing],
    );
  }
}

/** Scores by task, level, language and wording. */
export class PhrasingTable extends ScoreTable<PhrasingLabels> {
  constructor() {
    super(
      ({ row }) => {
        const { task, phrasing, language, level } = row;
        return { task, phrasing, language, level, example: questionOf(row) };
      },
      ({ task, level, language, phrasing }) => [task, level, language, phrasing],
    );
  }
}

/** Accuracy of several lines together, as the goals of a family are stated. */
export interface PooledScore {
  n: number;
  right: number;
  accuracy: number;
  low: number;
  high: number;
}

/** Pools lines, for reports; sums never appear among the lines themselves. */
export function pool(lines: readonly Pick<ScoreCounts, "n" | "right">[]): PooledScore {
  const n = lines.reduce((sum, line) => sum + line.n, 0);
  const right = lines.reduce((sum, line) => sum + line.right, 0);
  return { n, right, accuracy: n === 0 ? 0 : right / n, ...wilson(right, n) };
}
