// Linear equations in one unknown with a whole solution, in six shapes. Owns problems, trace and checker; the wordings stand in
// wordings.ts. Made backwards: the solution is drawn first.

import { type TaskChecker, unknown } from "@lemma/verify";
import { numberText, putBack } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { joinTerms, operand, sumSides, withUnit } from "../../signed.ts";
import { type LinearEquation, SHAPES, type Shape, sides, solution } from "./problem.ts";
import { linearEquationPhrasings, readLinearEquation } from "./wordings.ts";

const LIMITS = [
  { x: 10, a: 5, b: 10, value: 50 },
  { x: 15, a: 9, b: 20, value: 99 },
  { x: 30, a: 12, b: 60, value: 400 },
] as const;

function draw(random: Random, level: number): LinearEquation {
  const limit = LIMITS[level - 1]!;
  const letter = drawLetter(random);
  const signed = (most: number) => (random.chance(0.35) ? -1 : 1) * random.int(1, most);
  for (;;) {
    const shape = random.weighted<Shape>([
      ["ax+b=c", 30],
      ["a(x+b)=c", 15],
      ["ax+b=cx+d", 25],
      ["x/n+b=c", 10],
      ["ax/n+b=c", 12],
      ["(x+b)/n=c", 8],
    ]);
    const x = random.int(-limit.x, limit.x);
    const b = signed(limit.b);
    const n = random.int(2, 6);
    const a = random.chance(0.06)
      ? random.pick([1, -1])
      : random.chance(0.25)
        ? -random.int(2, limit.a)
        : random.int(2, limit.a);
    const problem = make(
      shape,
      letter,
      a,
      random.chance(0.08) && !shape.startsWith("(") && !shape.startsWith("a(") ? 0 : b,
      signed(limit.a),
      n,
      x,
    );
    if (problem === undefined) continue;
    if (Math.abs(problem.c) <= limit.value && Math.abs(problem.d) <= limit.value && Math.abs(a * x) <= limit.value)
      return problem;
  }
}

function make(
  shape: Shape,
  letter: string,
  a: number,
  b: number,
  c: number,
  n: number,
  x: number,
): LinearEquation | undefined {
  const base = { shape, letter, a: 1, b, c: 0, d: 0, n: 1 };
  switch (shape) {
    case "ax+b=c":
      return a === 1 && b === 0 ? undefined : { ...base, a, c: a * x + b };
    case "a(x+b)=c":
      return Math.abs(a) === 1 ? undefined : { ...base, a, c: a * (x + b) };
    case "ax+b=cx+d": {
      const d = (a - c) * x + b;
      return a === c ? undefined : { ...base, a, c, d };
    }
    case "x/n+b=c":
      return x % n === 0 ? { ...base, c: x / n + b, n } : undefined;
    case "ax/n+b=c":
      return x % n === 0 && a > 1 && coprime(a, n) ? { ...base, a, c: (a * x) / n + b, n } : undefined;
    case "(x+b)/n=c":
      return (x + b) % n === 0 ? { ...base, c: (x + b) / n, n } : undefined;
  }
}

const coprime = (a: number, b: number): boolean => (b === 0 ? Math.abs(a) === 1 : coprime(b, a % b));

function trace(problem: LinearEquation): string[] {
  const { shape, letter: x, a, b, c, d, n } = problem;
  const chain = (left: string, parts: readonly string[]) => [left, ...parts].join("=");
  const minus = (left: string, value: number) =>
    chain(left, b === 0 ? [String(value)] : sumSides(value, b > 0 ? "-" : "+", Math.abs(b)));
  const lines = [sides(problem).join("=")];
  const divided = (value: number, by: number) => chain(x, [`${value}/${operand(by)}`, String(value / by)]);
  switch (shape) {
    case "ax+b=c":
      if (b !== 0) lines.push(minus(withUnit(a, x), c));
      if (a !== 1) lines.push(divided(c - b, a));
      break;
    case "a(x+b)=c":
      lines.push(chain(joinTerms([x, String(b)]), [`${c}/${operand(a)}`, String(c / a)]), minus(x, c / a));
      break;
    case "ax+b=cx+d":
      lines.push(sumSides(a, c > 0 ? "-" : "+", Math.abs(c), x).join("="));
      lines.push(sumSides(d, b >= 0 ? "-" : "+", Math.abs(b)).join("="));
      lines.push(`${withUnit(a - c, x)}=${d - b}`);
      if (a - c !== 1) lines.push(divided(d - b, a - c));
      break;
    case "x/n+b=c":
    case "ax/n+b=c":
      if (b !== 0) lines.push(minus(`${withUnit(a, x)}/${n}`, c));
      lines.push(chain(withUnit(a, x), [`${c - b}*${n}`, String((c - b) * n)]));
      if (a !== 1) lines.push(divided((c - b) * n, a));
      break;
    case "(x+b)/n=c":
      lines.push(chain(joinTerms([x, String(b)]), [`${c}*${n}`, String(c * n)]), minus(x, c * n));
  }
  return lines;
}

const checker: TaskChecker<LinearEquation> = {
  id: "linear-equations",
  recognise: readLinearEquation,
  premises: (problem) => [sides(problem).join("=")],
  checkAnswer(problem, answer, budget) {
    const [, letter = problem.letter, value = ""] = /^\s*(?:([A-Za-z])\s*=)?(.*)$/s.exec(answer) ?? [];
    const number = numberText(value);
    if (letter !== problem.letter || number === undefined) return unknown("unparsed");
    if (!Number.isFinite(solution(problem))) return unknown("unsupported"); // no solution, or all numbers
    return putBack(sides(problem).join("="), new Map([[letter, number]]), budget);
  },
  answerBy: "checking",
};

/** Linear equations; at the default level the solution lies from -15 to 15. */
export const linearEquations: Family<LinearEquation> = {
  id: "linear-equations",
  area: "algebra",
  version: "4",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: () => SHAPES,
  draw,
  key(problem) {
    const [left, right] = sides({ ...problem, letter: "x" });
    return problem.shape === "ax+b=cx+d" && right < left ? `${right}=${left}` : `${left}=${right}`;
  },
  cell: ({ shape }) => shape,
  trace,
  answer: (problem) => String(solution(problem)),
  verifier: () => ({ kind: "number" }),
  vocabulary: ["x"],
  phrasings: linearEquationPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
