// Limits of quotients: by putting in, by cancelling a factor, at infinity by the highest powers, and by the limits known at 0. Owns
// levels, drawing and the entry; problem.ts says what a problem is, trace.ts reasons, steps.ts judges lines, reader.ts reads.

import { equivalent, type TaskChecker, unknown } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { isShortFraction } from "../../written-fraction.ts";
import { valueAt } from "../../written-value.ts";
import {
  divideOut,
  FUNCTIONS,
  isPolynomial,
  KINDS,
  kindOf,
  type Limit,
  limitOf,
  type Point,
  type Side,
  spellQuotient,
  spellSide,
} from "./problem.ts";
import { readLimit } from "./reader.ts";
import { limitStep } from "./steps.ts";
import { trace } from "./trace.ts";
import { limitPhrasings } from "./wordings.ts";

/** By level: kinds, the largest coefficient and point, the highest powers above and below. */
const LEVELS = [
  { kinds: KINDS.slice(0, 2), c: 3, at: 4, over: 2, under: 1 },
  { kinds: KINDS.slice(0, 3), c: 6, at: 5, over: 3, under: 2 },
  { kinds: KINDS, c: 9, at: 9, over: 4, under: 3 },
] as const;

type Limits = (typeof LEVELS)[number];

const times = (p: readonly number[], q: readonly number[]): number[] => {
  const product = Array.from({ length: p.length + q.length - 1 }, () => 0);
  for (const [i, a] of p.entries()) for (const [j, b] of q.entries()) product[i + j]! += a * b;
  return product;
};

/** A polynomial of a degree; its leading coefficient is mostly small. */
function polynomial(random: Random, degree: number, most: number): number[] {
  const rest = Array.from({ length: degree }, () => (random.chance(0.25) ? 0 : random.int(-most, most)));
  const leading = random.chance(0.45) ? 1 : (random.chance(0.25) ? -1 : 1) * random.int(1, most);
  return [...rest, leading];
}

function attempt(random: Random, kind: (typeof KINDS)[number], limits: Limits): Omit<Limit, "letter"> {
  const { c, at } = limits;
  const point = random.int(-at, at);
  switch (kind) {
    case "put in": {
      const over = polynomial(random, random.int(1, Math.min(2, limits.over)), c);
      return {
        to: point,
        over,
        under: random.chance(0.2) ? [1] : polynomial(random, random.int(1, Math.min(2, limits.under)), c),
      };
    }
    case "cancel": {
      const factor = [-point, 1];
      // Now and then a difference of squares.
      const other = (share: number) => (random.chance(share) ? [point, 1] : polynomial(random, 1, Math.min(c, 5)));
      const k = random.chance(0.5) ? [1] : [random.int(2, c)];
      const over = random.chance(0.12) ? times(factor, k) : times(factor, other(0.25));
      const isShort = limits.under === 1 || random.chance(0.4);
      return {
        to: point,
        over,
        under: isShort ? times(factor, random.chance(0.7) ? [1] : k) : times(factor, other(0.15)),
      };
    }
    case "infinity": {
      const to: Point = random.chance(0.65) ? "∞" : "-∞";
      const n = random.int(1, limits.over);
      const m = random.chance(0.5) ? Math.min(n, limits.under) : random.int(1, limits.under);
      return { to, over: polynomial(random, n, c), under: polynomial(random, m, c) };
    }
    case "known limit": {
      const a = () => (random.chance(0.2) ? -1 : 1) * random.int(1, c);
      const of = random.pick(FUNCTIONS);
      if (of === "cos") return { to: 0, over: { of, a: random.int(1, 9) }, under: [0, 0, random.int(1, c)] };
      const over: Side = { of, a: a() };
      const style = random.below(5);
      if (style === 0) return { to: 0, over: [0, a()], under: over };
      if (style === 1) return { to: 0, over, under: { of: random.pick(["sin", "tan"] as const), a: random.int(1, c) } };
      return { to: 0, over, under: [0, a()] };
    }
  }
}

/** The quotients that the reasoning brings to lowest terms. */
function raw({ to, over, under }: Limit): [number, number][] {
  if (!isPolynomial(over) || !isPolynomial(under) || typeof to === "string") return [];
  const isZero = valueAt(under, to) === 0;
  const [p, q] = isZero ? [divideOut(over, to), divideOut(under, to)] : [over, under];
  return [[valueAt(p, to), valueAt(q, to)]];
}

function draw(random: Random, level: number): Limit {
  const limits = LEVELS[level - 1]!;
  const kind = random.pick<(typeof KINDS)[number]>(limits.kinds);
  // d names the differential, and o reads like a zero.
  const drawn = drawLetter(random);
  const letter = /[do]/i.test(drawn) ? "x" : drawn;
  for (;;) {
    const problem = { letter, ...attempt(random, kind, limits) };
    const { over, under } = problem;
    if (kindOf(problem) !== kind || spellSide(over, "x") === spellSide(under, "x")) continue;
    if (Array.isArray(over) && over.filter((c) => c !== 0).length === 1 && over.length > 1 && kind !== "known limit")
      continue;
    if (raw(problem).every(([p, q]) => isShortFraction(p, q))) return problem;
  }
}

const INFINITE = /^(\+|-|plus|minus|positive|negative|正|负)?\s*(?:∞|\\infty|infinity|inf|无穷大?)$/i;

/** An infinity in any spelling as `∞` or `-∞`, other answers as they are. */
function plainAnswer(answer: string): string {
  const text = answer.replace(/^.*=/s, "").replaceAll("−", "-").trim();
  const infinite = INFINITE.exec(text);
  return infinite === null ? text : /-|minus|negative|负/i.test(infinite[1] ?? "") ? "-∞" : "∞";
}

const checker: TaskChecker<Limit> = {
  id: "limits",
  recognise: readLimit,
  premises: ({ letter, over, under }) => [`f(${letter})=${spellQuotient(over, under, letter)}`],
  checkStep: (problem, line, context) =>
    limitStep(problem, line, context) ?? divisorStep(line, context) ?? columnStep(line, context),
  checkAnswer(problem, answer, budget) {
    const text = plainAnswer(answer);
    if (!/[\d∞]/.test(text)) return unknown("unparsed");
    return equivalent(text, limitOf(problem)!, { budget });
  },
  answerBy: "recomputing",
};

/** Limits; at the default level by putting in, by cancelling, and at infinity. */
export const limits: Family<Limit> = {
  id: "limits",
  area: "calculus",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key: ({ to, over, under }) => `${spellQuotient(over, under, "x")} at ${to}`,
  cell: (problem) => kindOf(problem)!,
  trace,
  answer: (problem) => limitOf(problem)!,
  // Read as a statement, an answer may also be one of the infinities.
  verifier: () => ({ kind: "relation" }),
  vocabulary: ["lim", "P", "Q", "2", "gcd"],
  leastWordings: 8,
  phrasings: limitPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
