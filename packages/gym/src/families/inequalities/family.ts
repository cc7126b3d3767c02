// Inequalities in one unknown. Owns levels, drawing, checker and entry; problem.ts says what a problem is, trace.ts reasons, reader.ts
// reads, wordings.ts asks. Solutions are relations; any equal form of them is accepted, also intervals.

import type { Language, Verdict } from "@lemma/protocol";
import { equivalent, proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { fractionText, isShortFraction } from "../../written-fraction.ts";
import { rootStep } from "../quadratics/trace.ts";
import {
  difference,
  hasLetter,
  type Inequality,
  KINDS,
  kindOf,
  normal,
  quadratic,
  quadraticSolution,
  type Side,
  type Sign,
  spellInequality,
  turned,
} from "./problem.ts";
import { readInequality } from "./reader.ts";
import { solvedDouble, trace } from "./trace.ts";
import { inequalityPhrasings } from "./wordings.ts";

/** By level: kinds, the largest coefficient, constant and whole solution, the share of fractions. */
const LEVELS = [
  { kinds: KINDS.slice(0, 1), a: 5, b: 9, x: 9, free: 0 },
  { kinds: KINDS.slice(0, 3), a: 9, b: 20, x: 12, free: 0.3 },
  { kinds: KINDS, a: 12, b: 40, x: 15, free: 0.4 },
] as const;

const SIGNS: readonly Sign[] = ["<", ">", "<=", ">="];
const RISING: readonly Sign[] = ["<", "<="];

function attempt(random: Random, kind: (typeof KINDS)[number], limit: (typeof LEVELS)[number]): [Side[], Sign[]] {
  const signed = (most: number) => (random.chance(0.4) ? -1 : 1) * random.int(1, most);
  const [a, b, x] = [signed(limit.a), signed(limit.b), random.int(-limit.x, limit.x)];
  const isFree = random.chance(limit.free);
  const sign = random.pick(SIGNS);
  switch (kind) {
    case "one side":
      return [
        [
          [random.chance(0.12) ? 0 : b, a, 0],
          [isFree ? signed(limit.b) : a * x + b, 0, 0],
        ],
        [sign],
      ];
    case "both sides": {
      const c = signed(limit.a);
      return [
        [
          [random.chance(0.12) ? 0 : b, a, 0],
          [isFree ? signed(limit.b) : (a - c) * x + b, c, 0],
        ],
        [sign],
      ];
    }
    case "double": {
      const other = random.int(-limit.x, limit.x);
      const bounds = isFree ? [signed(limit.b), signed(limit.b)] : [a * x + b, a * other + b];
      const [low = 0, high = 0] = bounds.sort((p, q) => p - q);
      return [
        [
          [low, 0, 0],
          [random.chance(0.1) ? 0 : b, a, 0],
          [high, 0, 0],
        ],
        [random.pick(RISING), random.pick(RISING)],
      ];
    }
    case "quadratic": {
      const k = (random.chance(0.3) ? -1 : 1) * (random.chance(0.75) ? 1 : 2);
      const [r, s] = [random.int(-8, 8), random.int(-8, 8)];
      const kind = random.below(20);
      const form =
        kind === 0 ? [r * r, -2 * r, 1] : kind < 3 ? [random.int(3, 12), random.int(-3, 3), 1] : [r * s, -r - s, 1];
      return [[form.map((c) => c * k || 0) as unknown as Side, [0, 0, 0]], [sign]];
    }
  }
}

function draw(random: Random, level: number): Inequality {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<(typeof KINDS)[number]>(limit.kinds);
  const drawn = random.chance(0.4) ? "x" : drawLetter(random);
  // D names the discriminant; o reads like a zero.
  const letter = /[do]/i.test(drawn) ? "x" : drawn;
  for (;;) {
    const problem = normal(letter, ...attempt(random, kind, limit));
    if (problem !== undefined && kindOf(problem) === kind && isShort(problem)) return problem;
  }
}

/** Whether all sums and quotients of the reasoning are short. */
function isShort(problem: Inequality): boolean {
  const { sides } = problem;
  if (sides.some((side) => side.some((c) => Math.abs(c) > 99))) return false;
  if (kindOf(problem) === "quadratic") {
    const { a, b, c } = quadratic(problem);
    return b * b - 4 * a * c <= 31 ** 2 && Math.abs(b) <= 31 && !(4 * a > 10 && Math.abs(c) > 10 && c % 10 !== 0);
  }
  if (sides.length === 2) {
    const [c, a] = difference(problem);
    return Math.abs(c) < 100 && isShortFraction(c, a);
  }
  const [[low], [b, a], [high]] = sides as [Side, Side, Side];
  return [low - b, high - b].every((c) => Math.abs(c) < 100 && isShortFraction(c, a));
}

/** Where the letter stands on both sides either may be the first. */
function key({ sides, signs }: Inequality): string {
  const spelled = spellInequality({ letter: "x", sides, signs });
  if (!sides.every(hasLetter)) return spelled;
  const other = spellInequality({ letter: "x", sides: [...sides].reverse(), signs: signs.map(turned) });
  return [spelled, other].sort()[0]!;
}

const WORDS = {
  en: { all: "all real numbers", none: "no solution", or: " or " },
  zh: { all: "全体实数", none: "无解", or: "或" },
} as const;

function answer(problem: Inequality, language: Language): string {
  const words = WORDS[language];
  if (kindOf(problem) === "double") return solvedDouble(problem);
  if (kindOf(problem) === "quadratic") {
    const solution = quadraticSolution(problem, words.or);
    return solution === "all" || solution === "none" ? words[solution] : solution;
  }
  const [c, a] = difference(problem);
  const [sign] = problem.signs as [Sign];
  return `${problem.letter}${a < 0 ? turned(sign) : sign}${fractionText(-c, a)}`;
}

const SAYS_ALL =
  /\ball (?:real )?(?:numbers|values|x)|\bevery (?:real )?number|any real|全体实数|所有实数|任意实数|一切实数|\bR$|ℝ|\\mathbb\{R\}/i;
const SAYS_NONE =
  /\bno (?:real )?(?:solutions?|numbers?)|\bnone\b|\bempty|无解|无实数解|没有|空集|∅|\\emptyset|\\varnothing|^\\?\{\s*\\?\}$/i;

/** Judges by comparing solutions with those of the question; the answer must be solved for the letter. */
function judge(problem: Inequality, text: string, budget?: number): Verdict {
  const { letter: x } = problem;
  const asked = spellInequality(problem);
  const isWords = !/[<>≤≥\d]/.test(text);
  if (isWords && (SAYS_ALL.test(text) || SAYS_NONE.test(text))) {
    const says = SAYS_NONE.test(text) ? "none" : "all";
    const solution = kindOf(problem) === "quadratic" ? quadraticSolution(problem, " or ") : answer(problem, "en");
    return solution === says ? proved() : refuted({ claimed: says, solutions: solution });
  }
  const inner = text
    .trim()
    .replace(/^\\?\{\s*[a-z]\s*(?:\\mid|[|∣:])\s*(.*?)\\?\}$/is, "$1")
    .replace(/\\text\s*\{([^}]*)\}/g, " $1 ");
  if (!/\d/.test(inner) || !isSolved(inner, x)) return unknown("unparsed");
  return equivalent(inner, asked, { budget, variables: [x] });
}

/** Whether the letter stands alone wherever it stands: `x>3`, not `2x>6`; an interval has no letter. */
function isSolved(text: string, x: string): boolean {
  const around = new RegExp(`[\\d)+\\-*/^]\\s*(?<![a-z\\\\])${x}(?![a-z])|(?<![a-z\\\\])${x}(?![a-z])\\s*[-+*/^(]`);
  return !around.test(text.replace(/\\(?:infty|cup|in|le|ge|leq|geq|lor|vee)\b/g, " , "));
}

const checker: TaskChecker<Inequality> = {
  id: "inequalities",
  recognise: readInequality,
  premises: (problem) => [spellInequality(problem)],
  checkStep(problem, line, context) {
    const byRoots = kindOf(problem) === "quadratic" ? rootStep(quadratic(problem), line, context) : undefined;
    return byRoots ?? divisorStep(line, context);
  },
  checkAnswer: judge,
  answerBy: "recomputing",
};

/** Inequalities; at the default level linear ones with the unknown on one side, on both, and between two bounds. */
export const inequalities: Family<Inequality> = {
  id: "inequalities",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key,
  cell: kindOf,
  trace,
  answer,
  verifier: (problem, language) =>
    Object.values(WORDS[language]).includes(answer(problem, language) as never)
      ? { kind: "choice", task: "inequalities" }
      : { kind: "relation", task: "inequalities" },
  vocabulary: ["D", "2", "4", "gcd", "or", "all", "real", "numbers", "no", "solution", "全体实数", "无解", "或"],
  leastWordings: 8,
  phrasings: inequalityPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
