// Quadratic equations with rational roots or none. Owns problems and checker; the reasoning stands in trace.ts, the wordings in
// wordings.ts. Made backwards: the roots are drawn first.

import type { Verdict } from "@lemma/protocol";
import { equivalent, proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { numberText } from "../../answers.ts";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { discriminant, type Quadratic, roots, standardForm } from "./problem.ts";
import { rootStep, satisfies, trace } from "./trace.ts";
import { quadraticPhrasings, readQuadratic } from "./wordings.ts";

/** The largest root of a monic equation and numerator of others, the largest leading coefficient, and shares of the kinds. */
const LIMITS = [
  { root: 6, a: 1, leading: 0, double: 0.06, none: 0 },
  { root: 9, a: 4, leading: 0.4, double: 0.08, none: 0 },
  { root: 15, a: 6, leading: 0.4, double: 0.08, none: 0.2 },
] as const;

/** Squares beyond this are no table, so b and the root of the discriminant stay below. */
const LARGEST_SQUARE = 31;

function draw(random: Random, level: number): Quadratic {
  const limit = LIMITS[level - 1]!;
  const letter = random.chance(0.6) ? "x" : drawLetter(random);
  for (;;) {
    const problem = { letter, ...coefficients(random, limit) };
    const { a, b, c } = problem;
    const isLong = 4 * a > 10 && Math.abs(c) > 10 && c % 10 !== 0;
    const d = discriminant(problem);
    if ((b === 0 && c === 0) || isLong || Math.abs(b) > LARGEST_SQUARE || d > LARGEST_SQUARE ** 2) continue;
    return problem;
  }
}

function coefficients(random: Random, limit: (typeof LIMITS)[number]): { a: number; b: number; c: number } {
  const number = () => random.int(-limit.root, limit.root);
  const isDouble = random.chance(limit.double);
  if (random.chance(limit.none)) {
    for (;;) {
      const [a, b, c] = [random.int(1, 3), number(), random.int(1, 2 * limit.root)];
      if (b * b < 4 * a * c) return { a, b, c };
    }
  }
  if (!random.chance(limit.leading)) {
    const r = number();
    const s = isDouble ? r : number();
    return { a: 1, b: -(r + s) || 0, c: r * s || 0 };
  }
  for (;;) {
    const p = random.int(1, 3);
    const q = isDouble ? p : random.int(1, 3);
    const [r, s] = [number(), number()];
    if (p * q > 1 && p * q <= limit.a)
      return { a: p * q, b: -(p * s + q * (isDouble ? s : r)) || 0, c: (isDouble ? s : r) * s || 0 };
  }
}

const NONE = { en: "no real roots", zh: "无实根" } as const;
const SAYS_NONE =
  /no\s+(?:real\s+)?(?:root|solution)|none|no\s+real|∅|\\emptyset|\\varnothing|^\s*\\?\{\s*\\?\}\s*$|无|没有/i;

/** The values in `x=2 or x=3`, `{2, 3}`, `x1=2, x2=3`; undefined where one is no number. */
function valuesOf(answer: string): string[] | undefined {
  const inner = answer
    .replaceAll("−", "-")
    .replace(/\\text\s*\{([^}]*)\}|\\[,; ]/g, " $1 ")
    .trim();
  const parts = inner
    .replace(/^\\?[{(](.*?)\\?[})]$/s, (whole, list: string) => (list.includes(",") ? list : whole))
    .split(/[,;，；、]|\bor\b|\band\b|或|和|与|\\(?:lor|vee|land)\b/);
  const values: string[] = [];
  for (const part of parts.map((text) => text.replace(/^.*=/s, "").trim())) {
    if (part === "") continue;
    const both = /^(.*?)(?:±|\\pm)(.*)$/s.exec(part);
    for (const text of both === null ? [part] : [`${both[1]}+${both[2]}`, `${both[1]}-${both[2]}`]) {
      const value = numberText(text);
      if (value === undefined) return undefined;
      values.push(value);
    }
  }
  return values.length === 0 ? undefined : values;
}

/** The verdict on an answer that lists roots, in any notation: each value must be a root, and each root must be among the values. */
export function judgeRoots(problem: Quadratic, answer: string): Verdict {
  const found = roots(problem);
  if (found === undefined) return unknown("unsupported"); // irrational roots
  if (SAYS_NONE.test(answer) && !/\d/.test(answer))
    return found.length === 0 ? proved() : refuted({ [problem.letter]: found[0]! });
  const values = valuesOf(answer);
  if (values === undefined) return unknown("unparsed");
  for (const value of values) {
    const verdict = satisfies(problem, value);
    if (verdict.verdict !== "proved") return verdict;
  }
  for (const root of found)
    if (!values.some((value) => equivalent(value, root).verdict === "proved")) return refuted({ missing: root });
  return proved();
}

const checker: TaskChecker<Quadratic> = {
  id: "quadratics",
  recognise: readQuadratic,
  premises: (problem) => [standardForm(problem)],
  checkStep: (problem, line, context) => rootStep(problem, line, context) ?? divisorStep(line, context),
  checkAnswer: judgeRoots,
  answerBy: "checking",
};

function cell(problem: Quadratic): string {
  const d = discriminant(problem);
  return d < 0 ? "no real roots" : d === 0 ? "double root" : problem.a === 1 ? "monic" : "leading coefficient";
}

const CELLS = ["monic", "double root", "leading coefficient", "no real roots"] as const;

/** Quadratic equations; at the default level whole roots from -9 to 9, or fractions with a leading coefficient to 4. */
export const quadratics: Family<Quadratic> = {
  id: "quadratics",
  area: "algebra",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: (level) => CELLS.slice(0, level + 1),
  draw,
  key: (problem) => standardForm({ ...problem, letter: "x" }),
  cell,
  trace,
  answer(problem, language) {
    const found = roots(problem) ?? [];
    return found.length === 0 ? NONE[language] : found.join(", ");
  },
  verifier: (problem) => (discriminant(problem) < 0 ? { kind: "choice" } : { kind: "set" }),
  vocabulary: ["x", "D", "2", "4", "gcd", "no", "real", "roots", "无实根"],
  phrasings: quadraticPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
