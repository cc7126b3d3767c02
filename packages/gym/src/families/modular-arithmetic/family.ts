// Modular arithmetic: remainders of sums, products and powers, inverses, congruences with one solution. Owns levels, drawing and the
// entry; problem.ts says what a problem is, trace.ts reasons, lines.ts judges, wordings.ts asks.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { numberText, wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { modularStep } from "./lines.ts";
import { answerOf, isCoprime, type Kind, type Modular, modulo, target } from "./problem.ts";
import { trace } from "./trace.ts";
import { modularPhrasings, readModular } from "./wordings.ts";

const ALL = ["sum", "product", "power", "inverse", "congruence"] as const satisfies readonly Kind[];
const LEVELS = [
  { kinds: ["remainder", "sum"], modulus: [2, 9], number: 99, base: 9, exponent: 9, factor: 9 },
  { kinds: ALL, modulus: [3, 12], number: 999, base: 30, exponent: 20, factor: 40 },
  { kinds: ALL, modulus: [7, 25], number: 999, base: 99, exponent: 60, factor: 99 },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];

function draw(random: Random, level: number): Modular {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Kind>(limit.kinds);
  const m = random.int(limit.modulus[0], limit.modulus[1]);
  // As many short numbers as long ones.
  const number = () => random.int(10, random.pick([99, limit.number]));
  switch (kind) {
    case "remainder":
      return { kind, a: random.int(10, limit.number), b: 0, m };
    case "sum":
    case "product":
      return { kind, a: number(), b: number(), m };
    case "power":
      return { kind, a: random.int(2, limit.base), b: random.int(3, limit.exponent), m };
    default:
      for (;;) {
        const modulus = random.int(Math.max(5, limit.modulus[0]), limit.modulus[1] + 1);
        const a = random.int(2, random.pick([modulus - 1, limit.factor]));
        const b = kind === "inverse" ? 0 : random.int(2, modulus - 1);
        if (isCoprime(a, modulus) && a % modulus !== 1 && a % modulus !== b) return { kind, a, b, m: modulus };
      }
  }
}

/** `5`, `x=5`, `x ≡ 5 (mod 7)`: with the modulus any member of the class, without it only the smallest that is not negative. */
function judgeSolution(problem: Modular, answer: string): Verdict {
  const { a, m } = problem;
  const plain = answer
    .replaceAll("\\equiv", "≡")
    .replaceAll(/\\pmod\s*\{?(\d+)\}?/g, "mod $1")
    .replaceAll(/[\s$()\\]/g, "");
  const [, value, modulus] = /^(?:[a-z][=≡])?(-?\d{1,9})(?:mod(\d{1,9}))?$/i.exec(plain) ?? [];
  if (value === undefined) return unknown(numberText(answer) === undefined ? "unparsed" : "unsupported");
  const x = Number(value);
  const rest = modulo(modulo(a, m) * modulo(x, m), m);
  if (rest !== target(problem))
    return refuted({ x: value, [`${a}x mod ${m}`]: String(rest), expected: String(target(problem)) });
  if (modulus !== undefined ? Number(modulus) !== m : x < 0 || x >= m)
    return refuted({ x: value, smallest: String(modulo(x, m)) });
  return proved("residual");
}

const checker: TaskChecker<Modular> = {
  id: "modular-arithmetic",
  recognise: readModular,
  // Exponents are halved, so 2 is at hand.
  premises: ({ kind }) => (kind === "power" ? ["a^(2*k)=a^k*a^k"] : []),
  checkStep: modularStep,
  checkAnswer: (problem, answer) =>
    problem.kind === "inverse" || problem.kind === "congruence"
      ? judgeSolution(problem, answer)
      : wholeAnswer(answer.replace(/\s*\(?(?:\\p?mod|mod)\b.*$/, ""), String(answerOf(problem))),
  answerBy: "recomputing",
};

/** Modular arithmetic; at the default level moduli to 12 (to 13 in congruences) and numbers of up to three digits. */
export const modularArithmetic: Family<Modular> = {
  id: "modular-arithmetic",
  area: "arithmetic",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key(problem) {
    const { kind, a, b, m } = problem;
    const [low, high] = a < b ? [a, b] : [b, a];
    if (kind === "remainder") return `${a} mod ${m}`;
    if (kind === "power") return `${a}^${b} mod ${m}`;
    if (kind === "sum" || kind === "product") return `${low}${kind === "sum" ? "+" : "*"}${high} mod ${m}`;
    return `${a}x=${target(problem)} mod ${m}`;
  },
  cell: ({ kind }) => kind,
  trace,
  answer: (problem) => String(answerOf(problem)),
  verifier: () => ({ kind: "number" }),
  vocabulary: ["mod", "2"],
  phrasings: modularPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
