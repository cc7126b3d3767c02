// Products of whole numbers, by partial products and columns. Owns problems, trace and checker; the wordings stand in wordings.ts.

import type { TaskChecker } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import { productLines } from "../../products.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { multiplicationPhrasings, readMultiplication } from "./wordings.ts";

/** a·b, both at least 0. */
export interface Product {
  readonly a: number;
  readonly b: number;
}

/** Digits of the two factors by level; at level 1 the first has one or two. */
const DIGITS = [
  [2, 1],
  [2, 2],
  [3, 2],
  [3, 3],
] as const;

const checker: TaskChecker<Product> = {
  id: "multiplication",
  recognise: readMultiplication,
  premises: ({ a, b }) => [`${a}*${b}=${a * b}`],
  checkStep: (_, line, context) => columnStep(line, context),
  checkAnswer: ({ a, b }, answer, budget) => wholeAnswer(answer, String(a * b), budget),
  answerBy: "recomputing",
};

/** Products; the default level has two factors of two digits. */
export const multiplication: Family<Product> = {
  id: "multiplication",
  area: "arithmetic",
  version: "3",
  levels: DIGITS.length,
  defaultLevel: 2,
  cells: (level) =>
    level === 1 ? ["1x1 digits", "2x1 digits"] : [`${DIGITS[level - 1]![0]}x${DIGITS[level - 1]![1]} digits`],
  draw(random, level) {
    const number = (length: number) =>
      length === 1 ? random.below(10) : random.int(10 ** (length - 1), 10 ** length - 1);
    const [p, q] = DIGITS[level - 1]!;
    const factors = [number(level === 1 ? random.int(1, p) : p), number(q)] as const;
    const [a, b] = p === q && random.chance(0.5) ? [factors[1], factors[0]] : factors;
    return { a, b };
  },
  key: ({ a, b }) => `${Math.min(a, b)}*${Math.max(a, b)}`,
  cell: ({ a, b }) =>
    [a, b]
      .map((n) => String(n).length)
      .sort((p, q) => q - p)
      .join("x")
      .concat(" digits"),
  trace: ({ a, b }) => productLines(a, b),
  answer: ({ a, b }) => String(a * b),
  verifier: () => ({ kind: "number" }),
  phrasings: multiplicationPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
