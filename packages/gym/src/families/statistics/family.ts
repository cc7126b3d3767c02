// Mean, median, mode and range of short lists, weighted means, and a number missing from a list with a known mean. Owns levels, drawing
// and the entry; problem.ts says what a problem is, trace.ts reasons and judges lines, wordings.ts asks.

import { type TaskChecker, withoutUnit } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { show } from "../fractions/problem.ts";
import { answerOf, frequencies, isProblem, KINDS, type Kind, type Statistics, sum } from "./problem.ts";
import { statisticsStep, trace } from "./trace.ts";
import { readStatistics, statisticsPhrasings } from "./wordings.ts";

/** By level: kinds, how many numbers, the largest one, how many weights, whether means are whole. */
const LEVELS = [
  { kinds: KINDS.slice(0, 4), least: 3, most: 5, largest: 20, weights: 0, isWhole: true },
  { kinds: KINDS.slice(0, 5), least: 4, most: 7, largest: 60, weights: 2, isWhole: false },
  { kinds: KINDS, least: 5, most: 8, largest: 180, weights: 3, isWhole: false },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];
type Limit = (typeof LEVELS)[number];

const CELLS: Readonly<Record<Kind, string>> = {
  mean: "mean",
  median: "median",
  mode: "mode",
  range: "range",
  weighted: "weighted mean",
  missing: "missing number",
};

/** Most that the numbers may add up to. */
const LARGEST = 999;
/** The reasoning adds up ones: no value is more frequent. */
const MOST_FREQUENT = 3;

function draw(random: Random, level: number): Statistics {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Kind>(limit.kinds);
  for (;;) {
    const problem = attempt(random, kind, limit);
    if (!isProblem(problem)) continue;
    const under = answerOf(problem)[1];
    // Sums that don't divide evenly are reduced by a small number of things.
    if ((kind === "mean" || kind === "weighted") && limit.isWhole && under > 1) continue;
    if (kind === "mode" && Math.max(...frequencies(problem.values).values()) > MOST_FREQUENT) continue;
    if (kind === "mode" && frequencies(problem.values).size < 2) continue;
    if (kind === "weighted" && sum(problem.counts!) > 20) continue;
    if (totalOf(problem) > LARGEST) continue;
    return problem;
  }
}

/** What the numbers of a problem add up to. */
function totalOf({ kind, values, counts, mean }: Statistics): number {
  if (kind === "missing") return (values.length + 1) * mean!;
  return sum(values.map((value, i) => value * (counts?.[i] ?? 1)));
}

function attempt(random: Random, kind: Kind, limit: Limit): Statistics {
  const number = () => random.int(kind === "weighted" ? 2 : 1, limit.largest);
  const list = (length: number) => Array.from({ length }, number);
  const length = random.int(limit.least, limit.most);
  switch (kind) {
    case "weighted": {
      const groups = random.int(2, limit.weights);
      return { kind, values: list(groups), counts: Array.from({ length: groups }, () => random.int(2, 9)) };
    }
    case "mode": {
      const values = list(length - 2);
      return { kind, values: random.shuffle([...values, random.pick(values), random.pick(values)]) };
    }
    case "missing": {
      const values = list(length - 1);
      return { kind, values, mean: random.int(1, limit.largest) };
    }
    default:
      return { kind, values: list(length) };
  }
}

/** Units that may stand behind an answer. */
const UNITS =
  "points point minutes min degrees °C cm kg kilograms g grams eggs jars loaves guests mm euros 分 分钟 度 厘米 千克 公斤 克 个 罐 毫米 人 元".split(
    " ",
  );

const checker: TaskChecker<Statistics> = {
  id: "statistics",
  recognise: readStatistics,
  // How many numbers there are is counted.
  premises: ({ values, counts }) => [
    Array.from({ length: values.length + 1 }, (_, i) => i + 1).join("<"),
    ...(counts ?? []).map((count) => `${count}>0`),
  ],
  checkStep: statisticsStep,
  checkAnswer: (problem, answer, budget) =>
    wholeAnswer(withoutUnit(answer.replace(/^.*[=:]/s, "").trim(), UNITS), show(...answerOf(problem)), budget),
  answerBy: "recomputing",
};

/** Statistics; at the default level lists of 4 to 7 numbers, and weighted means of two values. */
export const statistics: Family<Statistics> = {
  id: "statistics",
  area: "probability",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds.map((kind) => CELLS[kind]),
  draw,
  key({ kind, values, counts, mean }) {
    if (kind === "weighted")
      return `weighted ${values
        .map((value, i) => `${counts![i]}*${value}`)
        .sort()
        .join(" ")}`;
    const list = [...values].sort((a, b) => a - b).join(" ");
    return kind === "missing" ? `missing ${list} mean ${mean}` : `${kind} ${list}`;
  },
  cell: ({ kind }) => CELLS[kind],
  trace,
  answer: (problem) => show(...answerOf(problem)),
  verifier: () => ({ kind: "number", units: UNITS }),
  vocabulary: ["2", "gcd", "place", "mean", "median", "mode", "range", "sum", "count", "missing"],
  phrasings: statisticsPhrasings,
  leastWordings: 8,
  checker,
  carriers: "keep-case",
  proofs: MATHEMATICAL_PROOFS,
};
