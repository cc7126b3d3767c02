// Sums and differences of whole numbers, by columns. Owns problems, trace and checker; the wordings stand in
// wordings.ts.

import type { TaskChecker } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { additionColumns, comparison, subtractionColumns } from "../../columns.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { additionSubtractionPhrasings, readAdditionSubtraction } from "./wordings.ts";

/** a + b or a - b; both at least 0, the difference may be negative. */
export interface Sum {
  readonly operation: "+" | "-";
  readonly a: number;
  readonly b: number;
}

const MOST_DIGITS = [2, 3, 5, 7, 9] as const;

const value = ({ operation, a, b }: Sum): number => (operation === "+" ? a + b : a - b);

function trace(problem: Sum): string[] {
  const { operation, a, b } = problem;
  const whole = `${a}${operation}${b}`;
  if (operation === "+") return [...labelled(whole, additionColumns(a, b)), `${whole}=${a + b}`];
  const compared = labelled(whole, comparison(a, b));
  if (a === b) return [...compared, `${whole}=0`];
  const [large, small] = a > b ? [a, b] : [b, a];
  const lines = labelled(`${large}-${small}`, subtractionColumns(large, small));
  const result = `${large}-${small}=${large - small}`;
  return [
    ...compared,
    ...(a > b ? lines.map((line, i) => (i === 0 ? line.slice(line.indexOf(" ") + 1) : line)) : lines),
    result,
    ...(a > b ? [] : [`${whole}=${a - b}`]),
  ];
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => (i === 0 ? `${label}: ${line}` : line));
}

const checker: TaskChecker<Sum> = {
  id: "addition-subtraction",
  recognise: readAdditionSubtraction,
  premises: ({ operation, a, b }) => [`${a}${operation}${b}=${value({ operation, a, b })}`],
  checkStep: (_, line, context) => columnStep(line, context),
  checkAnswer: (problem, answer, budget) => wholeAnswer(answer, String(value(problem)), budget),
  answerBy: "recomputing",
};

/** Addition and subtraction; the default level has numbers of 1 to 5 digits. */
export const additionSubtraction: Family<Sum> = {
  id: "addition-subtraction",
  area: "arithmetic",
  version: "3",
  levels: MOST_DIGITS.length,
  defaultLevel: 3,
  cells: () => ["addition", "subtraction"],
  draw(random, level) {
    const number = () => {
      const length = random.int(1, MOST_DIGITS[level - 1]!);
      return length === 1 ? random.below(10) : random.int(10 ** (length - 1), 10 ** length - 1);
    };
    return { operation: random.chance(0.4) ? "+" : "-", a: number(), b: number() };
  },
  key: ({ operation, a, b }) => (operation === "+" ? `${Math.min(a, b)}+${Math.max(a, b)}` : `${a}-${b}`),
  cell: ({ operation }) => (operation === "+" ? "addition" : "subtraction"),
  trace,
  answer: (problem) => String(value(problem)),
  verifier: () => ({ kind: "number" }),
  phrasings: additionSubtractionPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
