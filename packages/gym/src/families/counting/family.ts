// Counting choices: arrangements, selections, sequences with repetition. Owns levels, trace and checker; problem.ts says what a problem
// is, wordings.ts asks. Lines labelled 2, 3, … bring in that factor, up to k; a selection is divided by k·(k-1)·…·1.

import type { TaskChecker } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { quotientStep } from "../../quotient-step.ts";
import { writtenProduct, writtenQuotient } from "../../written.ts";
import { answerOf, type Choice, factorsOf, isProblem, KINDS, product } from "./problem.ts";
import { countingPhrasings, readChoice } from "./wordings.ts";

/** By level: most things, most chosen. */
const LEVELS = [
  { n: 6, k: 3 },
  { n: 12, k: 4 },
  { n: 30, k: 6 },
] as const;

/** Most that the product of the factors may be. */
const LARGEST = 999;

function trace(choice: Choice): string[] {
  const { kind, n, k } = choice;
  const factors = factorsOf(choice);
  const lines: string[] = [];
  let all = n;
  for (let i = 1; i < k; i++) {
    if (kind === "sequences") lines.push(...writtenProduct(all, n, String(i + 1)));
    else lines.push(`${i + 1}: ${factors[i - 1]}-1=${factors[i]}`, ...writtenProduct(all, factors[i]!));
    all *= factors[i]!;
  }
  if (kind !== "selections") return lines;
  let under = 1;
  for (let i = 2; i <= k; i++) {
    lines.push(...writtenProduct(under, i));
    under *= i;
  }
  return [...lines, ...writtenQuotient(all, under)];
}

const checker: TaskChecker<Choice> = {
  id: "counting",
  recognise: readChoice,
  // The factors of k! are counted up to.
  premises: ({ k }) => [Array.from({ length: k }, (_, i) => i + 1).join("<")],
  checkStep: (_, line, context) => quotientStep(line, context) ?? columnStep(line, context),
  checkAnswer: (choice, answer) => wholeAnswer(answer, String(answerOf(choice))),
  answerBy: "recomputing",
};

/** Counting choices; at the default level up to 4 of up to 12 things. */
export const counting: Family<Choice> = {
  id: "counting",
  area: "arithmetic",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: () => KINDS,
  draw(random, level) {
    const limit = LEVELS[level - 1]!;
    for (;;) {
      const choice = { kind: random.pick(KINDS), n: random.int(3, limit.n), k: random.int(2, limit.k) };
      if (isProblem(choice) && product(factorsOf(choice)) <= LARGEST) return choice;
    }
  },
  key: ({ kind, n, k }) => `${kind} ${k} of ${n}`,
  cell: ({ kind }) => kind,
  trace,
  answer: (choice) => String(answerOf(choice)),
  verifier: () => ({ kind: "number" }),
  phrasings: countingPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
