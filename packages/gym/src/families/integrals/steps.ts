// Judges the lines of integrals, `∫6x^2 dx=6x^3/3=2x^3`: each side must have the integrand as its derivative. trace.ts owns the spelling.

import { isDerivative, proved, type StepLine, type TaskVerdict } from "@lemma/verify";
import { type DerivativeProblem, spell, spellFunction } from "../derivatives/problem.ts";

const LINE = /^(?:∫|\\int)\s*(.+?)\s*d([a-z])\s*=(.+)$/i;

/** The verdict on such a line, linked where it integrates a term of the problem; undefined for any other. */
export function integralStep(problem: DerivativeProblem, line: StepLine): TaskVerdict | undefined {
  const [, integrand, letter, sides] = LINE.exec(line.body) ?? [];
  if (integrand === undefined || letter !== problem.letter) return undefined;
  const spelling = integrand.replaceAll(" ", "").replace(/^\((.*)\)$/, "$1");
  const isAsked = problem.terms.some((term) => spell(term, letter) === spelling) || spelling === spellFunction(problem);
  for (const side of sides!.split("=")) {
    const verdict = isDerivative(side, letter, integrand);
    if (verdict.verdict !== "proved") return { ...verdict, from: [-1] };
  }
  return { ...proved(), from: isAsked ? [-1] : [] };
}
