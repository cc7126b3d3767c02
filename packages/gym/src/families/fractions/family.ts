// Sums, differences and products of fractions, reduced. Owns problems and checker; the reasoning stands in trace.ts, the wordings in
// wordings.ts.

import { equivalent, type TaskChecker, unknown } from "@lemma/verify";
import { numberText } from "../../answers.ts";
import { gcd } from "../../division.ts";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { type FractionProblem, show, spell, value } from "./problem.ts";
import { trace } from "./trace.ts";
import { fractionPhrasings, readFractions } from "./wordings.ts";

/** The largest denominator and numerator, and shares of improper, whole and unreduced operands. */
const LIMITS = [
  { under: 6, over: 5, improper: 0, whole: 0, unreduced: 0 },
  { under: 12, over: 12, improper: 0.25, whole: 0.06, unreduced: 0.06 },
  { under: 20, over: 30, improper: 0.4, whole: 0.06, unreduced: 0.1 },
] as const;

function operand(random: Random, level: number): [over: number, under: number] {
  const limit = LIMITS[level - 1]!;
  if (random.chance(limit.whole)) return [random.int(1, 9), 1];
  for (;;) {
    const under = random.int(2, limit.under);
    const over = random.chance(limit.improper) ? random.int(1, limit.over) : random.int(1, under - 1);
    if (gcd(over, under) === 1 || random.chance(limit.unreduced)) return [over, under];
  }
}

function draw(random: Random, level: number): FractionProblem {
  const operation = random.pick(["+", "-", "*"] as const);
  for (;;) {
    const [a, b] = operand(random, level);
    const [c, drawn] = operand(random, level);
    const d = drawn > 1 && b > 1 && random.chance(0.1) ? b : drawn;
    if ((b === 1 && d === 1) || (operation !== "*" && Math.max(a * d, c * b) > 999)) continue;
    return { operation, a, b, c, d };
  }
}

const checker: TaskChecker<FractionProblem> = {
  id: "fractions",
  recognise: readFractions,
  premises: (problem) => [spell(problem)],
  checkStep: (_, line, context) => divisorStep(line, context),
  checkAnswer(problem, answer) {
    const text = numberText(answer);
    return text === undefined ? unknown("unparsed") : equivalent(text, show(...value(problem)));
  },
  answerBy: "recomputing",
};

/** Fractions; at the default level denominators from 2 to 12. */
export const fractions: Family<FractionProblem> = {
  id: "fractions",
  area: "arithmetic",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: () => ["addition", "subtraction", "multiplication"],
  draw,
  key({ operation, a, b, c, d }) {
    const operands = [show(a, b), show(c, d)];
    if (operation !== "-") operands.sort();
    return operands.join(operation);
  },
  cell: ({ operation }) => ({ "+": "addition", "-": "subtraction", "*": "multiplication" })[operation],
  trace,
  answer: (problem) => show(...value(problem)),
  verifier: () => ({ kind: "number" }),
  vocabulary: ["gcd"],
  phrasings: fractionPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
