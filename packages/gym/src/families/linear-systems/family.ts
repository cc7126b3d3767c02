// Two linear equations in two unknowns with whole solutions. Owns problems, trace and checker; the wordings stand in wordings.ts.
//
// The trace eliminates the second unknown: row 1 times e minus row 2 times b leaves (a*e-d*b)x = c*e-f*b.

import { proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { additionColumns, subtractionColumns } from "../../columns.ts";
import type { Family } from "../../family.ts";
import { drawLetter } from "../../letters.ts";
import { MATHEMATICAL_PROOFS } from "../../proofs.ts";
import type { Random } from "../../random.ts";
import { operand, sumSides, unsignedSum, withUnit } from "../../signed.ts";
import { equations, type LinearSystem, solution } from "./problem.ts";
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

/** A product of a number with several nonzero digits and a digit, place by place: `47*6=240+42=282`. */
function productLine(number: number, digit: number): string[] {
  const [n, k] = [Math.abs(number), Math.abs(digit)];
  const places = [...String(n)]
    .map((place, i, all) => Number(place) * 10 ** (all.length - 1 - i))
    .filter((place) => place > 0);
  if (places.length < 2 || k === 1) return [];
  const parts = places.map((place) => place * k);
  const sides = [`${n}*${k}`];
  for (let left = parts; left.length > 1; left = [left[0]! + left[1]!, ...left.slice(2)]) sides.push(left.join("+"));
  return [[...sides, n * k].join("=")];
}

function trace(problem: LinearSystem): string[] {
  const [[a, b, c], [d, e, f]] = problem.rows;
  const [x, y] = problem.letters;
  const [valueX, valueY] = solution(problem);
  const [k, m] = [a * e - d * b, c * e - f * b];
  const cross = (p: number, q: number, r: number, s: number) => `${p}*${operand(q)}-${operand(r)}*${operand(s)}`;
  const lines = [...equations(problem)];
  lines.push(`${x}: ${[cross(a, e, d, b), ...sumSides(a * e, d * b < 0 ? "+" : "-", Math.abs(d * b))].join("=")}`);
  lines.push(...productLine(c, e), ...productLine(f, b));
  const [left, right] = [c * e, -f * b];
  const long = Math.max(Math.abs(left), Math.abs(right)) >= 100;
  const sum = sumSides(left, right < 0 ? "-" : "+", Math.abs(right));
  if (!long || left === 0 || right === 0) lines.push(`1: ${[cross(c, e, f, b), ...sum].join("=")}`);
  else {
    const unsigned = unsignedSum(left, right).replace(/^-\((.*)\)$/, "$1");
    lines.push(`1: ${[cross(c, e, f, b), ...sum.slice(0, -1)].join("=")}`);
    const [p, q] = unsigned.split(/[+-]/).map(Number) as [number, number];
    const columns = unsigned.includes("+") ? additionColumns(p, q) : subtractionColumns(p, q);
    lines.push(...columns.map((line, i) => (i === 0 ? `${unsigned}: ${line}` : line)), `${unsigned}=${Math.abs(m)}`);
  }
  if (k !== 1) lines.push(`${withUnit(k, x)}=${m}`);
  const quotient = [`${m}/${operand(k)}`];
  const unsigned = `${Math.abs(m)}/${Math.abs(k)}`;
  if (Math.abs(k) > 9 && (m < 0 || k < 0) && m !== 0) quotient.push(m < 0 === k < 0 ? unsigned : `-(${unsigned})`);
  lines.push(k === 1 ? `${x}=${m}` : [x, ...quotient, String(valueX)].join("="));
  const rest = [
    withUnit(b, y),
    `${c}-${operand(a)}*${operand(valueX)}`,
    ...sumSides(c, a * valueX < 0 ? "+" : "-", Math.abs(a * valueX)),
  ];
  lines.push(rest.join("="));
  if (b !== 1) lines.push([y, `${b * valueY}/${operand(b)}`, String(valueY)].join("="));
  return lines;
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
    const [one, other] = [spell(false), spell(true)];
    return one < other ? one : other;
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
