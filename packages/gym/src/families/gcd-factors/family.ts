// Greatest common divisors, least common multiples and prime factors. Owns problems and checker; the reasoning stands in trace.ts, the
// wordings in wordings.ts.

import {
  equivalent,
  hasForm,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { numberText, wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { gcd } from "../../division.ts";
import { divisorStep, sourcesOf } from "../../divisor-step.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { answerOf, type DivisorProblem, primeFactors } from "./problem.ts";
import { trace } from "./trace.ts";
import { gcdFactorsPhrasings, readDivisors } from "./wordings.ts";

/** The largest number, greatest common divisor and least common multiple. */
const LIMITS = [
  { number: 60, gcd: 60, lcm: 200 },
  { number: 200, gcd: 200, lcm: 999 },
  { number: 999, gcd: 999, lcm: 9_999 },
  { number: 9_999, gcd: 999, lcm: 99_999 },
] as const;

/** Primes that are divided by; a larger one is only left over. */
const LARGEST_DIVISOR = 31;

/** Shares of pairs without a common factor, and of numbers that are drawn evenly instead of being made of small primes. */
const FREE_PAIRS = 0.12;
const EVENLY = 0.4;

/** Whether every division of the reasoning is by a prime of the table. */
function isReachable(a: number, b: number): boolean {
  const factors = primeFactors(a);
  const beside = b / gcd(a, b);
  return factors.every((p) => p <= LARGEST_DIVISOR || (p > beside && b % p !== 0));
}

function draw(random: Random, level: number): DivisorProblem {
  const limit = LIMITS[level - 1]!;
  const asks = random.pick(["gcd", "lcm", "factors"] as const);
  if (asks === "factors") return { asks, a: drawNumber(random, limit.number) };
  for (;;) {
    const isFree = random.chance(FREE_PAIRS);
    const common = isFree ? 1 : random.int(2, Math.floor(Math.min(limit.number / 2, asks === "lcm" ? 30 : 150)));
    const most = Math.floor(limit.number / common);
    if (most < 2) continue;
    const within = () => random.int(isFree ? 2 : 1, asks === "lcm" ? Math.min(most, 40) : most);
    const [a, b] = [common * within(), common * within()];
    const greatest = gcd(a, b);
    if (a === b || a < 4 || b < 4 || greatest > limit.gcd || !isReachable(a, b)) continue;
    if (asks === "lcm" && ((a / greatest) * b > limit.lcm || b / greatest > 99)) continue;
    return { asks, a, b };
  }
}

function drawNumber(random: Random, most: number): number {
  const isEven = random.chance(EVENLY);
  for (;;) {
    const a = random.int(12, most);
    const [largest = 1] = primeFactors(a).reverse();
    const second = primeFactors(a).at(-2) ?? 1;
    if (second > LARGEST_DIVISOR || (largest > 961 && largest === a && most > 999)) continue;
    if (isEven || largest <= 13) return a;
  }
}

const STOP = /^(\d{1,7})\*\1=\d+>(\d{1,15})$/;

/** `5*5=25>11`: nothing below 5 divides 11, and what is left needs no further try. */
function stopStep(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  const match = STOP.exec(body);
  if (match === null) return undefined;
  const [square, bound] = body.split(">") as [string, string];
  const [product, value] = square.split("=") as [string, string];
  const verdict = equivalent(product, value);
  if (verdict.verdict !== "proved") return verdict;
  return Number(value) > Number(bound)
    ? { ...proved(), from: sourcesOf([bound], context) }
    : refuted({ left: value, right: bound });
}

const checker: TaskChecker<DivisorProblem> = {
  id: "gcd-factors",
  recognise: readDivisors,
  premises: (problem) => [`n=${problem.a}`, ...(problem.asks === "factors" ? [] : [`m=${problem.b}`])],
  checkStep: (_, line, context) => stopStep(line, context) ?? divisorStep(line, context) ?? columnStep(line, context),
  checkAnswer(problem, answer) {
    if (problem.asks !== "factors") return wholeAnswer(answer, answerOf(problem));
    const text = numberText(answer.replace(/^.*=/, ""));
    if (text === undefined) return unknown("unparsed");
    const verdict = equivalent(text, String(problem.a));
    return verdict.verdict === "proved" ? hasForm(text, "prime-factors") : verdict;
  },
  answerBy: "recomputing",
};

/** Divisibility; at the default level numbers have up to three digits. */
export const gcdFactors: Family<DivisorProblem> = {
  id: "gcd-factors",
  area: "arithmetic",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 3,
  cells: () => ["gcd", "lcm", "prime factors"],
  draw,
  key: (problem) =>
    problem.asks === "factors"
      ? `factors ${problem.a}`
      : `${problem.asks} ${Math.min(problem.a, problem.b)},${Math.max(problem.a, problem.b)}`,
  cell: ({ asks }) => (asks === "factors" ? "prime factors" : asks),
  trace,
  answer: answerOf,
  verifier: ({ asks }) => (asks === "factors" ? { kind: "expression", form: "prime-factors" } : { kind: "number" }),
  vocabulary: ["gcd", "lcm", "2", "3", "5", "7", "11", "13", "17", "19", "23", "29", "31", "37"],
  phrasings: gcdFactorsPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
