// Expanding products of linear factors and factoring quadratics. Owns problems and checker; the reasoning stands in trace.ts, the
// wordings in wordings.ts. Quadratics are made backwards: their factors are drawn first.

import { equivalent, hasForm, type TaskChecker } from "@lemma/verify";
import { gcd } from "../../division.ts";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import {
  type Expansion,
  expanded,
  type Factorization,
  factored,
  type Linear,
  multiply,
  type Problem,
  spell,
  spellProduct,
} from "./problem.ts";
import { trace } from "./trace.ts";
import { expandFactorPhrasings, readProblem } from "./wordings.ts";

/** The largest coefficient of the letter in a factor, constant, and common factor; whether three factors occur. */
const LIMITS = [
  { p: 1, q: 6, k: 1, three: false },
  { p: 4, q: 9, k: 4, three: false },
  { p: 5, q: 12, k: 6, three: true },
] as const;

/** Factor pairs are tried for products up to this, and gcds found by divisors up to the second number. */
const LARGEST_PRODUCT = 150;
const LARGEST_DIVISOR = 31;

const signed = (random: Random, most: number) => (random.chance(0.45) ? -1 : 1) * random.int(1, most);

function drawExpansion(random: Random, level: number, letter: string): Expansion {
  const { p: most, q, k, three } = LIMITS[level - 1]!;
  const task = "expand";
  const linear = (size: number = most): Linear => [random.chance(0.6) ? 1 : random.int(1, size), signed(random, q)];
  const kind = random.below(20);
  const scaled = () => (random.chance(0.3) ? -1 : 1) * random.int(2, Math.max(5, k));
  if (level > 1 && kind < 3) return { task, letter, k: scaled(), factors: [linear()] };
  if (three && kind < 9)
    return {
      task,
      letter,
      k: 1,
      factors: [linear(2), linear(2), linear(2)].map(([p, n]) => [p, Math.sign(n) * (1 + (Math.abs(n) % 6))]),
    };
  if (level > 1 && kind > 8 && kind < 11)
    return {
      task,
      letter,
      k: random.int(2, k),
      factors: [
        [1, signed(random, 6)],
        [1, signed(random, 6)],
      ],
    };
  const first = linear();
  if (kind < 13) return { task, letter, k: 1, factors: [first, first] };
  if (kind < 15) return { task, letter, k: 1, factors: [first, [first[0], -first[1]]] };
  return { task, letter, k: 1, factors: [first, linear()] };
}

function drawFactorization(random: Random, level: number, letter: string): Factorization {
  const limit = LIMITS[level - 1]!;
  const constant = () => (random.chance(0.06) ? 0 : signed(random, limit.q));
  for (;;) {
    const isMonic = level === 1 || random.chance(0.6);
    const p = isMonic ? 1 : random.int(1, 3);
    const r = isMonic ? 1 : random.int(2, limit.p);
    const k = level > 1 && random.chance(0.15) ? random.int(2, limit.k) : 1;
    const first: Linear = [p, random.chance(0.94) ? signed(random, limit.q) : constant()];
    const second: Linear = random.chance(0.08) ? [r, -first[1] || 1] : [r, signed(random, limit.q)];
    const [a = 1, b = 0, c = 0] = multiply(multiply([k], first), second);
    const problem: Factorization = { task: "factor", letter, a, b: b || 0, c: c || 0 };
    if ((b === 0 && c === 0) || !isReachable(problem)) continue;
    return problem;
  }
}

/** Whether the reasoning stays within the tables: factor pairs, and divisions of its gcds. */
function isReachable({ a, b, c }: Factorization): boolean {
  const k = gcd(gcd(a, Math.abs(b)), Math.abs(c));
  if (Math.abs(a * c) / k ** 2 > LARGEST_PRODUCT || a > 40) return false;
  return trace({ task: "factor", letter: "x", a, b, c }).every(
    (line) => Number(/^(\d+): /.exec(line)?.[1] ?? 0) <= LARGEST_DIVISOR,
  );
}

function draw(random: Random, level: number): Problem {
  const letter = random.chance(0.6) ? "x" : drawLetter(random);
  return random.chance(0.5) ? drawExpansion(random, level, letter) : drawFactorization(random, level, letter);
}

/** What the question shows. */
const given = (problem: Problem): string =>
  problem.task === "expand"
    ? spellProduct(problem.k, problem.factors, problem.letter)
    : spell([problem.a, problem.b, problem.c], problem.letter);

function answerOf(problem: Problem): string {
  if (problem.task === "expand") return spell(expanded(problem), problem.letter);
  const found = factored(problem);
  return found === undefined ? given(problem) : spellProduct(found.k, found.factors, problem.letter);
}

const formOf = ({ task }: Problem) => (task === "expand" ? "expanded" : "factored");

const checker: TaskChecker<Problem> = {
  id: "expand-factor",
  recognise: readProblem,
  premises: (problem) => [given(problem)],
  checkStep: (_, line, context) => divisorStep(line, context),
  checkAnswer(problem, answer) {
    const text = answer.replace(/^.*=/s, "");
    const variables = [problem.letter];
    const verdict = equivalent(text, given(problem), { variables });
    return verdict.verdict === "proved" ? hasForm(text, formOf(problem), variables) : verdict;
  },
  answerBy: "checking",
};

function cell(problem: Problem): string {
  if (problem.task === "factor") return problem.a === 1 ? "factor monic" : "factor leading coefficient";
  return problem.factors.length > 2 ? "expand three factors" : "expand";
}

const CELLS = ["expand", "factor monic", "factor leading coefficient", "expand three factors"] as const;

function key(problem: Problem): string {
  if (problem.task === "factor") return `factor ${spell([problem.a, problem.b, problem.c], "x")}`;
  const factors = problem.factors.map((factor) => `(${spell(factor, "x")})`).sort();
  return `expand ${problem.k === 1 ? "" : problem.k}${factors.join("")}`;
}

/** Brackets away and back; at the default level two factors with coefficients to 4 and constants to 9. */
export const expandFactor: Family<Problem> = {
  id: "expand-factor",
  area: "algebra",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: (level) => CELLS.slice(0, level + 1),
  draw,
  key,
  cell,
  trace,
  answer: answerOf,
  verifier: (problem) => ({ kind: "expression", variables: [problem.letter], form: formOf(problem) }),
  vocabulary: ["gcd", "2"],
  phrasings: expandFactorPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
