// First-order linear differential equations y' = p(x) + a·y with a polynomial p of degree up to 2. Owns problems, trace and
// checker; the wordings stand in wordings.ts. The trace names the unknown coefficients and finds one a line, highest first.

import {
  equivalent,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  solvesOde,
  type TaskChecker,
  type TaskVerdict,
} from "@lemma/verify";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { joinTerms, operand, unsignedSum, withUnit } from "../../signed.ts";
import {
  exponential,
  type Fraction,
  fraction,
  type LinearOde,
  monomial,
  normalForm,
  particular,
  power,
  solutionText,
} from "./problem.ts";
import { readOde } from "./reader.ts";
import { linearOdePhrasings } from "./wordings.ts";

const LETTERS = [
  ["y", "x"],
  ["y", "t"],
  ["u", "x"],
  ["u", "t"],
  ["z", "x"],
  ["x", "t"],
] as const;
const COEFFICIENTS = ["A", "B", "D"] as const; // C is the free constant

function draw(random: Random, level: number): LinearOde {
  const [y, x] = random.weighted([[LETTERS[0], 14], ...LETTERS.slice(1).map((pair) => [pair, 1] as const)] as const);
  const sign = () => (random.chance(0.4) ? -1 : 1);
  const degree =
    level === 1
      ? random.int(0, 1)
      : random.weighted([
          [0, 2],
          [1, 4],
          [2, 5],
        ] as const);
  if (random.chance(0.04)) return { y, x, p: [], a: sign() * random.int(1, level < 3 ? 3 : 5) };
  const kind = random.below(100);
  if (level < 3 && kind < 50) return { y, x, p: coefficients(random, degree, 6), a: sign() };
  if (level < 3 && kind < 78) return fromSolution(random, degree, y, x, sign() * random.int(2, 3), 4);
  if (level < 3) return { y, x, p: coefficients(random, degree, level === 1 ? 3 : 5), a: sign() * random.int(2, 3) };
  return { y, x, p: coefficients(random, degree, 9), a: sign() * random.int(2, 5) };
}

/** Coefficients from the highest power down; lower ones are often zero. */
function coefficients(random: Random, degree: number, most: number): number[] {
  const nonzero = () => (random.chance(0.4) ? -1 : 1) * (random.chance(0.3) ? 1 : random.int(1, most));
  return Array.from({ length: degree + 1 }, (_, i) => (i > 0 && random.chance(0.4) ? 0 : nonzero()));
}

/** An equation whose particular solution has whole coefficients. */
function fromSolution(random: Random, degree: number, y: string, x: string, a: number, most: number): LinearOde {
  const q = coefficients(random, degree, most);
  const p = q.map((c, i) => (i === 0 ? 0 : (degree - i + 1) * q[i - 1]!) - a * c || 0);
  return { y, x, p, a };
}

const show = ({ n, d }: Fraction): string => (d === 1 ? String(n) : `${n}/${d}`);

/** The equation with its zeros, so that every coefficient stands in the text: `y'=x^2+0x+0+y`. */
function restated({ y, x, p, a }: LinearOde): string {
  const terms = p.map((c, i) => {
    const degree = p.length - 1 - i;
    return c === 0 ? `0${power(x, degree)}` : monomial(c, x, degree);
  });
  return `${y}'=${joinTerms([...terms, withUnit(a, y)])}`;
}

/** The form of the solution: `y=Ax^2+Bx+D+Ce^(x)`. */
function ansatz(problem: LinearOde): string {
  const { y, x, p } = problem;
  const terms = p.map((_, i) => `${COEFFICIENTS[i]}${power(x, p.length - 1 - i)}`);
  return `${y}=${[...terms, `C${exponential(problem)}`].join("+")}`;
}

/** `A=-3/2`; `B=(2*5-4)/2=(10-4)/2=6/2=3`: each side one small step after the one before. */
function coefficientLine(problem: LinearOde, index: number, q: readonly Fraction[]): string {
  const { p, a } = problem;
  const coefficient = p[index]!;
  const sides: string[] = [];
  if (index === 0) {
    sides.push(`-${operand(coefficient)}/${operand(a)}`);
    if (coefficient < 0) sides.push(`${-coefficient}/${operand(a)}`);
    sides.push(show(q[0]!));
  } else {
    const factor = p.length - index;
    const above = q[index - 1]!;
    const product = fraction(factor * above.n, above.d);
    if (factor > 1)
      sides.push(
        `(${factor}*${above.d === 1 ? operand(above.n) : `(${show(above)})`}-${operand(coefficient)})/${operand(a)}`,
      );
    sides.push(`(${show(product)}-${operand(coefficient)})/${operand(a)}`);
    const [m, s, over] = [product.n, coefficient * product.d, product.d * a];
    if (product.d > 1) sides.push(`(${m}-${operand(s)})/${operand(over)}`);
    if (m !== 0 && s !== 0 && unsignedSum(m, -s) !== `${m}-${s}`) {
      const sum = unsignedSum(m, -s);
      sides.push(sum.startsWith("-") ? `${sum}/${operand(over)}` : `(${sum})/${operand(over)}`);
    }
    sides.push(`${m - s}/${operand(over)}`, show(q[index]!));
  }
  return `${COEFFICIENTS[index]}=${sides.filter((side, i) => side !== sides[i - 1]).join("=")}`;
}

function trace(problem: LinearOde): string[] {
  const q = particular(problem);
  return [restated(problem), ansatz(problem), ...problem.p.map((_, i) => coefficientLine(problem, i, q))];
}

const odeOf = (problem: LinearOde) => ({ equation: normalForm(problem), function: problem.y, variable: problem.x });

/** Judges a restated equation, the form of the solution, and a coefficient of it; any other line is left to the general checker. */
function judgeStep(problem: LinearOde, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  if (body === ansatz(problem)) return { ...proved(), from: [-1] };
  const index = COEFFICIENTS.indexOf(body[0] as "A");
  if (index >= 0 && index < problem.p.length && body[1] === "=") {
    const value = show(particular(problem)[index]!);
    const from = [
      -1,
      ...context.steps.filter(({ body: earlier }) => /^[ABD]=/.test(earlier)).map((step) => step.index),
    ];
    for (const side of body.slice(2).split("=")) {
      const verdict = equivalent(side, value);
      if (verdict.verdict !== "proved")
        return { ...(verdict.verdict === "refuted" ? refuted({ [body[0]!]: value }) : verdict), from };
    }
    return { ...proved(), from };
  }
  if (!body.includes("'") && !/d\w\/d/.test(body)) return undefined;
  const restatement = readOde(body);
  if (restatement === undefined) return undefined;
  const same = normalForm({ ...restatement, x: problem.x }) === normalForm(problem);
  return { ...(same ? proved() : refuted({ equation: normalForm(problem) })), from: [-1] };
}

const checker: TaskChecker<LinearOde> = {
  id: "linear-odes",
  recognise: readOde,
  premises: (problem) => [normalForm(problem)],
  checkStep: judgeStep,
  checkAnswer: (problem, answer, budget) => solvesOde(odeOf(problem), answer, budget),
  answerBy: "checking",
};

/** y' = p(x) + a·y; at the default level |a| up to 3 and p of degree up to 2. */
export const linearOdes: Family<LinearOde> = {
  id: "linear-odes",
  area: "calculus",
  version: "2",
  levels: 3,
  defaultLevel: 2,
  cells: (level) => ["homogeneous", "degree 0", "degree 1", ...(level === 1 ? [] : ["degree 2"]), "fractions"],
  draw,
  key: (problem) => normalForm({ ...problem, y: "y", x: "x" }),
  cell(problem) {
    if (particular(problem).some(({ d }) => d > 1)) return "fractions";
    return problem.p.length === 0 ? "homogeneous" : `degree ${problem.p.length - 1}`;
  },
  trace,
  answer: (problem) => `${problem.y}=${solutionText(problem)}`,
  verifier: (problem) => ({ kind: "ode", ...odeOf(problem) }),
  vocabulary: ["x", "A", "B", "C", "D", "e"],
  phrasings: linearOdePhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
