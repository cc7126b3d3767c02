// Two linear equations in two unknowns with whole solutions. Owns problems and checker; the reasoning stands in
// trace.ts, the wordings in wordings.ts.

import type { Verdict } from "@lemma/protocol";
import { type TaskChecker, unknown } from "@lemma/verify";
import { numberText, putBack } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { determinant, equations, type LinearSystem, solution } from "./problem.ts";
import { trace } from "./trace.ts";
import { linearSystemPhrasings, readLinearSystem } from "./wordings.ts";

const LIMITS = [
  { coefficient: 3, value: 5 },
  { coefficient: 6, value: 9 },
  { coefficient: 8, value: 12 },
] as const;

function draw(random: Random, level: number): LinearSystem {
  const { coefficient, value } = LIMITS[level - 1]!;
  const signed = () => (random.chance(0.3) ? -1 : 1) * random.int(1, coefficient);
  const first = drawLetter(random);
  let second = first === "x" ? (random.chance(0.8) ? "y" : drawLetter(random)) : drawLetter(random);
  while (second.toLowerCase() === first.toLowerCase()) second = drawLetter(random);
  for (;;) {
    const [a, b, d, e] = [signed(), signed(), signed(), signed()];
    if (a * e === b * d) continue;
    const [x, y] = [random.int(-value, value), random.int(-value, value)];
    const [c, f] = [a * x + b * y, d * x + e * y];
    if (Math.max(Math.abs(c * e), Math.abs(f * b), Math.abs(c * e - f * b)) > 999) continue; // never at level 2
    const [p, q] = first > second && first !== "x" ? [second, first] : [first, second];
    return {
      letters: [p, q],
      rows: [
        [a, b, c],
        [d, e, f],
      ],
    };
  }
}

const checker: TaskChecker<LinearSystem> = {
  id: "linear-systems",
  recognise: readLinearSystem,
  premises: equations,
  checkStep: (_, line, context) => columnStep(line, context),
  checkAnswer(problem, answer, budget) {
    const values = readPair(answer, problem.letters);
    if (values === undefined) return unknown("unparsed");
    if (determinant(problem) === 0) return unknown("unsupported"); // no solution, or many
    const [first, second] = equations(problem).map((equation) => putBack(equation, values, budget)) as [
      Verdict,
      Verdict,
    ];
    return first.verdict === "proved" ? second : first;
  },
  answerBy: "checking",
};

/** The values in `x=2, y=5`, `y=5; x=2` or `(2, 5)`. */
function readPair(answer: string, letters: readonly [string, string]): ReadonlyMap<string, string> | undefined {
  const text = answer.replaceAll("−", "-").replaceAll(/[\s$]/g, "");
  const parts = text.replace(/^\((.*)\)$/, "$1").split(/[,;，；]|and|和/);
  if (parts.length !== 2) return undefined;
  const values = new Map<string, string>();
  parts.forEach((part, i) => {
    const [, letter = letters[i]!, value = ""] = /^(?:([a-z])=)?(.*)$/i.exec(part) ?? [];
    const number = numberText(value);
    if (number !== undefined) values.set(letter, number);
  });
  return values.size === 2 && letters.every((letter) => values.has(letter)) ? values : undefined;
}

/** 2×2 systems; at the default level coefficients up to 6 and values up to 9. */
export const linearSystems: Family<LinearSystem> = {
  id: "linear-systems",
  area: "algebra",
  version: "4",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: () => ["positive coefficients", "signed coefficients"],
  draw,
  key({ rows }) {
    // Equal up to the order of the equations and of the unknowns.
    const spell = (swap: boolean) =>
      rows
        .map(([p, q, r]) => (swap ? `${q},${p},${r}` : `${p},${q},${r}`))
        .sort()
        .join(";");
    return [spell(false), spell(true)].sort()[0]!;
  },
  cell: ({ rows }) => (rows.every(([p, q]) => p > 0 && q > 0) ? "positive coefficients" : "signed coefficients"),
  trace,
  answer: (problem) =>
    solution(problem)
      .map((value, i) => `${problem.letters[i]}=${value}`)
      .join(", "),
  verifier: ({ letters }) => ({ kind: "assignment", names: letters }),
  vocabulary: ["x", "y"],
  phrasings: linearSystemPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
