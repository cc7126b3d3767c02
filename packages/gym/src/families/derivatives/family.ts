// Derivatives of polynomials and exponentials, term by term. Owns problems, trace and checker; the wordings stand in wordings.ts.

import { isDerivative, proved, type TaskChecker } from "@lemma/verify";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { type DerivativeProblem, spell, spellDerivative, spellFunction, stepLine, type Term } from "./problem.ts";
import { derivativePhrasings, readDerivative } from "./wordings.ts";

const LIMITS = [
  { terms: 2, degree: 3, c: 5, k: 0 },
  { terms: 4, degree: 5, c: 9, k: 4 },
  { terms: 5, degree: 9, c: 20, k: 9 },
] as const;

function draw(random: Random, level: number): DerivativeProblem {
  const limit = LIMITS[level - 1]!;
  const letter = random.chance(0.6) ? "x" : drawLetter(random);
  const count = random.int(1, limit.terms);
  const coefficient = () => (random.chance(0.35) ? -1 : 1) * (random.chance(0.2) ? 1 : random.int(2, limit.c));
  for (;;) {
    const powers = random.shuffle(Array.from({ length: limit.degree + 1 }, (_, n) => n));
    const rates = random.shuffle(Array.from({ length: limit.k }, (_, i) => (random.chance(0.35) ? -1 : 1) * (i + 1)));
    const exponentials = limit.k === 0 || random.chance(0.5) ? 0 : random.int(1, Math.min(2, count));
    const terms: Term[] = [
      ...powers.slice(0, count - exponentials).map((n) => ({ kind: "power" as const, c: coefficient(), n })),
      ...rates.slice(0, exponentials).map((n) => ({ kind: "exponential" as const, c: coefficient(), n })),
    ];
    if (terms.every(({ kind, n }) => kind === "power" && n === 0)) continue;
    const ordered = random.chance(0.6)
      ? terms.sort((p, q) => (p.kind === q.kind ? q.n - p.n : p.kind === "power" ? -1 : 1))
      : random.shuffle(terms);
    return { letter, terms: ordered };
  }
}

const checker: TaskChecker<DerivativeProblem> = {
  id: "derivatives",
  recognise: readDerivative,
  premises: (problem) => [`f(${problem.letter})=${spellFunction(problem)}`],
  checkStep(problem, { body }) {
    const [left, ...sides] = body.split("=");
    const inner = /^\s*\((.*)\)'\s*$/.exec(left ?? "")?.[1];
    if (inner === undefined || sides.length === 0) return undefined;
    const spelling = inner.replaceAll(" ", "");
    const asked =
      problem.terms.some((term) => spell(term, problem.letter) === spelling) || spelling === spellFunction(problem);
    for (const side of sides) {
      const verdict = isDerivative(inner, problem.letter, side);
      if (verdict.verdict !== "proved") return { ...verdict, from: [-1] };
    }
    return { ...proved(), from: asked ? [-1] : [] };
  },
  checkAnswer: (problem, answer, budget) =>
    isDerivative(
      spellFunction(problem),
      problem.letter,
      answer.replace(/^[^=]*'[^=]*=|^\s*[a-z]\s*=|^\s*d[a-z]?\s*\/\s*d[a-z]\s*=/i, ""),
      budget,
    ),
  answerBy: "recomputing",
};

/** Derivatives; at the default level up to four terms c·x^n (n up to 5) and c·e^(kx) (k up to 4). */
export const derivatives: Family<DerivativeProblem> = {
  id: "derivatives",
  area: "calculus",
  version: "2",
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
  trace: ({ terms, letter }) => terms.map((term) => stepLine(term, letter)),
  answer: spellDerivative,
  verifier: ({ letter }) => ({ kind: "expression", variables: [letter] }),
  vocabulary: ["e"],
  phrasings: derivativePhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
