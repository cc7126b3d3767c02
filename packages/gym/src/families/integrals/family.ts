// Indefinite integrals of polynomials and exponentials, term by term, checked by differentiation. Owns problems and checker; the lines
// stand in trace.ts, the wordings in wordings.ts.

import { solvesOde, type TaskChecker } from "@lemma/verify";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { type DerivativeProblem, spell, spellFunction, type Term } from "../derivatives/problem.ts";
import { integralStep } from "./steps.ts";
import { spellIntegral, trace } from "./trace.ts";
import { integralPhrasings, readIntegral } from "./wordings.ts";

/** The most terms, degree, coefficient and factor in the exponent; `free` is the share of coefficients that may leave fractions. */
const LIMITS = [
  { terms: 2, degree: 3, c: 5, k: 0, free: 0 },
  { terms: 4, degree: 5, c: 9, k: 4, free: 0.4 },
  { terms: 5, degree: 9, c: 20, k: 9, free: 0.6 },
] as const;

/** Any letter but d, which names the differential, and o: `do` is a word. */
function variable(random: Random): string {
  const letter = drawLetter(random);
  return /[do]/i.test(letter) ? variable(random) : letter;
}

function draw(random: Random, level: number): DerivativeProblem {
  const limit = LIMITS[level - 1]!;
  const letter = random.chance(0.6) ? "x" : variable(random);
  const count = random.int(1, limit.terms);
  const coefficient = () => (random.chance(0.35) ? -1 : 1) * (random.chance(0.2) ? 1 : random.int(2, limit.c));
  // Mostly the coefficient is made of that of the antiderivative.
  const over = (divisor: number) => (random.chance(limit.free) ? coefficient() : coefficient() * Math.abs(divisor));
  const powers = random.shuffle(Array.from({ length: limit.degree + 1 }, (_, n) => n));
  const rates = random.shuffle(Array.from({ length: limit.k }, (_, i) => (random.chance(0.35) ? -1 : 1) * (i + 1)));
  const exponentials = limit.k === 0 || random.chance(0.5) ? 0 : random.int(1, Math.min(2, count));
  const terms: Term[] = [
    ...powers.slice(0, count - exponentials).map((n) => ({ kind: "power" as const, c: over(n + 1), n })),
    ...rates.slice(0, exponentials).map((n) => ({ kind: "exponential" as const, c: over(n), n })),
  ];
  if (terms.every(({ kind, n }) => kind === "power" && n === 0)) return draw(random, level);
  const ordered = random.chance(0.6)
    ? terms.sort((p, q) => (p.kind === q.kind ? q.n - p.n : p.kind === "power" ? -1 : 1))
    : random.shuffle(terms);
  return { letter, terms: ordered };
}

/** The integral as an equation for a function whose name is not the variable's. */
function equationOf(problem: DerivativeProblem) {
  const name = problem.letter.toLowerCase() === "y" ? "z" : "y";
  return { equation: `${name}'=${spellFunction(problem)}`, function: name, variable: problem.letter };
}

const checker: TaskChecker<DerivativeProblem> = {
  id: "integrals",
  recognise: readIntegral,
  premises: (problem) => [`f(${problem.letter})=${spellFunction(problem)}`],
  checkStep: (problem, line, context) => integralStep(problem, line) ?? divisorStep(line, context),
  checkAnswer: (problem, answer) => solvesOde(equationOf(problem), answer.replace(/^.*=/s, "")),
  answerBy: "checking",
};

/** Indefinite integrals; at the default level up to four terms c·x^n (n up to 5) and c·e^(kx) (k up to 4). */
export const integrals: Family<DerivativeProblem> = {
  id: "integrals",
  area: "calculus",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: (level) => (LIMITS[level - 1]!.k === 0 ? ["polynomial"] : ["polynomial", "exponential"]),
  draw,
  key: ({ terms }) =>
    terms
      .map((term) => spell(term, "x"))
      .sort()
      .join(" "),
  cell: ({ terms }) => (terms.some(({ kind }) => kind === "exponential") ? "exponential" : "polynomial"),
  trace,
  answer: spellIntegral,
  verifier: (problem) => ({ kind: "ode", ...equationOf(problem) }),
  vocabulary: ["e", "d", "C", "gcd"],
  phrasings: integralPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
