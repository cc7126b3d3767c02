// Two linear equations in two unknowns with whole solutions. Owns problems and checker; the reasoning stands in
// trace.ts, the wordings in wordings.ts.

import { proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { equations, type LinearSystem, solution } from "./problem.ts";
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
  checkAnswer(problem, answer) {
    const values = readPair(answer, problem.letters);
    if (values === undefined) return unknown("unparsed");
    const holds = problem.rows.every(([p, q, r]) => p * values[0] + q * values[1] === r);
    const witness = Object.fromEntries(solution(problem).map((value, i) => [problem.letters[i], String(value)]));
    return holds ? proved() : refuted(witness);
  },
  answerBy: "checking",
};

/** The values in `x=2, y=5`, `y=5; x=2` or `(2, 5)`. */
function readPair(answer: string, [x, y]: readonly [string, string]): [number, number] | undefined {
  const text = answer.replaceAll("−", "-").replaceAll(/[\s$]/g, "");
  const pair = /^\(?([-+]?\d+)[,;，]([-+]?\d+)\)?$/.exec(text);
  if (pair !== null) return [Number(pair[1]), Number(pair[2])];
  const named = /^\(?([a-z])=([-+]?\d+)(?:[,;，]|and|和)([a-z])=([-+]?\d+)\)?$/i.exec(text);
  if (named === null) return undefined;
  const values = new Map([
    [named[1], Number(named[2])],
    [named[3], Number(named[4])],
  ]);
  return values.has(x) && values.has(y) ? [values.get(x)!, values.get(y)!] : undefined;
}

/** 2×2 systems; at the default level coefficients up to 6 and values up to 9. */
export const linearSystems: Family<LinearSystem> = {
  id: "linear-systems",
  area: "algebra",
  version: "1",
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
