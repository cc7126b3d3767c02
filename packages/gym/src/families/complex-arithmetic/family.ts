// Complex numbers with whole parts: sums, differences, products, quotients, powers. Owns levels, drawing, the judgement of answers and the
// family's entry; its parts stand beside.

import type { Verdict } from "@lemma/protocol";
import { equivalent, type TaskChecker, unknown } from "@lemma/verify";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { answerOf, type Complex, type ComplexProblem, KINDS, type Kind, norm, times } from "./problem.ts";
import { complexStep, trace } from "./trace.ts";
import { complexPhrasings, readComplexQuestion } from "./wordings.ts";

/** By level: kinds, the largest part of a summand, of a factor, of a base; the largest c²+d² of a divisor, the largest exponent. */
const LEVELS = [
  { kinds: ["sum", "difference", "product"], summand: 20, factor: 5, base: 2, norm: 0, exponent: 2 },
  { kinds: KINDS, summand: 99, factor: 9, base: 3, norm: 20, exponent: 3 },
  { kinds: KINDS, summand: 400, factor: 15, base: 3, norm: 31, exponent: 5 },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];

/** A number whose imaginary part is not 0; one in ten has no real part. */
function number(random: Random, most: number): Complex {
  const im = random.int(1, most) * random.pick([1, -1] as const);
  return [random.chance(0.1) ? 0 : random.int(1, most) * random.pick([1, -1] as const), im];
}

function draw(random: Random, level: number): ComplexProblem {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Kind>(limit.kinds);
  if (kind === "power") return { kind, z: number(random, limit.base), n: random.int(2, limit.exponent) };
  if (kind !== "quotient") {
    const most = kind === "product" ? limit.factor : limit.summand;
    for (;;) {
      const [z, w] = [number(random, most), number(random, most)];
      if (z[0] !== 0 || w[0] !== 0) return { kind, z, w }; // a sum of two absent parts follows from nothing
    }
  }
  for (;;) {
    const w = number(random, 5);
    // Half of the quotients are whole.
    const z = random.chance(0.5) ? times(number(random, 6), w) : number(random, limit.factor);
    if (norm(w) <= limit.norm && z[1] !== 0 && Math.max(Math.abs(z[0]), Math.abs(z[1])) < 30) return { kind, z, w };
  }
}

/** An answer as plain text, `\frac{7}{5}` as (7)/(5). */
const plainText = (answer: string): string =>
  answer
    .replace(/\\[dt]?frac ?\{([^{}]*)\} ?\{([^{}]*)\}/g, "($1)/($2)")
    .replace(/\\(?:mathrm|text|operatorname) ?\{ ?i ?\}/g, "i")
    .replace(/\\left|\\right|\\[,;! ]/g, "")
    .replace(/[−–]/g, "-")
    .replace(/^[^=]*=/, "")
    .trim();

/** Whether a text is one number with one i, which is not below a fraction: the question itself is no answer. */
const isNumber = (text: string): boolean =>
  /^[-+*/().\d\si]{1,80}$/.test(text) && (text.match(/i/g) ?? []).length <= 1 && !/\/\s*(?:i|\([^)]*i)/.test(text);

function checkAnswer(problem: ComplexProblem, answer: string, budget?: number): Verdict {
  const text = plainText(answer);
  if (!/[\di]/.test(text) || !isNumber(text)) return unknown("unparsed");
  return equivalent(text, answerOf(problem), { budget });
}

const checker: TaskChecker<ComplexProblem> = {
  id: "complex-arithmetic",
  recognise: readComplexQuestion,
  premises: () => [],
  checkStep: complexStep,
  checkAnswer,
  answerBy: "recomputing",
};

/** Complex arithmetic; the default level has quotients by numbers with c²+d² to 20, and powers to the third. */
export const complexArithmetic: Family<ComplexProblem> = {
  id: "complex-arithmetic",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key(problem) {
    if (problem.kind === "power") return `power ${problem.z.join(" ")}; ${problem.n}`;
    const { kind } = problem;
    const numbers = [problem.z, problem.w].map((z) => z.join(" "));
    if (kind === "sum" || kind === "product") numbers.sort();
    return `${kind} ${numbers.join("; ")}`;
  },
  cell: ({ kind }) => kind,
  trace,
  answer: answerOf,
  verifier: () => ({ kind: "expression", task: "complex-arithmetic" }),
  vocabulary: ["a", "b", "c", "d", "re", "im", "gcd", "2", "3", "4", "5"],
  phrasings: complexPhrasings,
  leastWordings: 8,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
