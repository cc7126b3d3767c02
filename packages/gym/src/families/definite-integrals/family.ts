// Definite integrals of polynomials. Owns levels, drawing and the entry; trace.ts reasons, steps.ts judges lines, wordings.ts asks and
// bounds.ts reads bounds.

import { equivalent, type TaskChecker, unknown } from "@lemma/verify";
import { numberText } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { isShortFraction } from "../../written-fraction.ts";
import { valueAt } from "../../written-value.ts";
import { spell, spellFunction, type Term } from "../derivatives/problem.ts";
import { integralStep } from "../integrals/steps.ts";
import { antiderivative, type DefiniteIntegral, integral, integralText } from "./problem.ts";
import { namedStep } from "./steps.ts";
import { trace } from "./trace.ts";
import { definiteIntegralPhrasings, readDefiniteIntegral } from "./wordings.ts";

/** By level: cells, the most terms, degree, coefficient, and the bounds between which both lie. */
const LEVELS = [
  { cells: ["whole"], terms: 2, degree: 2, c: 4, low: 0, high: 4 },
  { cells: ["whole", "fractions"], terms: 3, degree: 3, c: 6, low: -3, high: 5 },
  { cells: ["whole", "fractions"], terms: 4, degree: 4, c: 9, low: -5, high: 6 },
] as const;

/** Any letter but d, which names the differential, o, which is a word, and those of the antiderivatives. */
function variable(random: Random): string {
  const letter = random.chance(0.5) ? "x" : drawLetter(random);
  return /[dofg]/i.test(letter) ? "x" : letter;
}

const cell = (problem: DefiniteIntegral): string => (antiderivative(problem).under === 1 ? "whole" : "fractions");

function draw(random: Random, level: number): DefiniteIntegral {
  const limit = LEVELS[level - 1]!;
  const letter = variable(random);
  const wanted = random.pick<string>(limit.cells);
  for (;;) {
    const powers = random.shuffle(Array.from({ length: limit.degree + 1 }, (_, n) => n));
    const coefficient = () => (random.chance(0.35) ? -1 : 1) * random.int(1, limit.c);
    const isWhole = () => wanted === "whole" || random.chance(0.4);
    const terms: Term[] = powers
      .slice(0, random.int(1, limit.terms))
      .map((n) => ({ kind: "power" as const, c: coefficient() * (isWhole() ? n + 1 : 1), n }));
    const [p, q] = [random.int(limit.low, limit.high), random.int(limit.low, limit.high)];
    const isTurned = level === 3 && random.chance(0.15);
    const [from, to] = isTurned ? [Math.max(p, q), Math.min(p, q)] : [Math.min(p, q), Math.max(p, q)];
    const ordered = random.chance(0.7) ? terms.sort((s, t) => t.n - s.n) : terms;
    const problem = { letter, terms: ordered, from, to };
    if (from !== to && cell(problem) === wanted && isShort(problem)) return problem;
  }
}

/** Whether a term depends on the letter, and all numbers of the reasoning are short. */
function isShort(problem: DefiniteIntegral): boolean {
  const { coefficients } = antiderivative(problem);
  const { over, under } = integral(problem);
  const sizes = [problem.from, problem.to].map((at) => valueAt(coefficients.map(Math.abs), Math.abs(at)));
  return coefficients.length > 2 && Math.max(...sizes) < 1000 && isShortFraction(over, under);
}

const checker: TaskChecker<DefiniteIntegral> = {
  id: "definite-integrals",
  recognise: readDefiniteIntegral,
  // The powers of a bound are counted up.
  premises: (problem) => [`f(${problem.letter})=${spellFunction(problem)}`, "2<3<4<5"],
  checkStep: (problem, line, context) =>
    integralStep(problem, line) ?? namedStep(problem, line) ?? divisorStep(line, context) ?? columnStep(line, context),
  checkAnswer(problem, answer, budget) {
    const text = numberText(answer.replace(/^.*=/s, ""));
    return text === undefined ? unknown("unparsed") : equivalent(text, integralText(problem), { budget });
  },
  answerBy: "recomputing",
};

/** Definite integrals; at the default level up to three terms of degree up to 3, bounds from -3 to 5. */
export const definiteIntegrals: Family<DefiniteIntegral> = {
  id: "definite-integrals",
  area: "calculus",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.cells,
  draw,
  key: ({ terms, from, to }) =>
    `${terms
      .map((term) => spell(term, "x"))
      .sort()
      .join(" ")} from ${from} to ${to}`,
  cell,
  trace,
  answer: integralText,
  verifier: () => ({ kind: "number" }),
  vocabulary: ["d", "F", "G", "gcd", "2", "3", "4"],
  leastWordings: 8,
  phrasings: definiteIntegralPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
