// Determinants of matrices with two or three rows. Owns problems, trace and checker; matrix.ts computes, wordings.ts asks.
//
// Of two rows: both products, then their difference. Of three: the determinants that are left without the first row and column 1, 2
// and 3, each on a line with that number, then the first row times these, with alternating signs.

import { refuted, type StepContext, type StepLine, type TaskChecker, type TaskVerdict } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import type { Matrix } from "../../matrix.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { operand, sumSides } from "../../signed.ts";
import { writtenProduct, writtenSum } from "../../written.ts";
import { determinant, minor } from "./matrix.ts";
import { determinantPhrasings, readDeterminant } from "./wordings.ts";

/** By level: sizes, and the largest entry of each. */
const LEVELS = [
  { sizes: [2], entry: [0, 0, 9] },
  { sizes: [2, 3], entry: [0, 0, 19, 6] },
  { sizes: [3], entry: [0, 0, 0, 9] },
] as const;

const difference = (p: number, q: number): string[] => sumSides(p, q < 0 ? "+" : "-", Math.abs(q));

function trace(matrix: Matrix): string[] {
  const [first, second] = matrix as [readonly number[], readonly number[]];
  if (matrix.length === 2) {
    const [[a = 0, b = 0], [c = 0, d = 0]] = [first, second];
    return [
      ...writtenProduct(a, d),
      ...writtenProduct(b, c),
      ...writtenSum(a * d, b * c < 0 ? "+" : "-", Math.abs(b * c)),
    ];
  }
  const parts = first.map((_, i) => determinant(minor(matrix, i)));
  const lines = first.map((_, i) => {
    const [[a = 0, b = 0], [c = 0, d = 0]] = minor(matrix, i) as [readonly number[], readonly number[]];
    const crossed = `${a}*${operand(d)}-${operand(b)}*${operand(c)}`;
    return `${i + 1}: ${[crossed, ...difference(a * d, b * c)].join("=")}`;
  });
  lines.push(...first.flatMap((value, i) => writtenProduct(value, parts[i]!)));
  let sum = first[0]! * parts[0]!;
  for (const i of [1, 2]) {
    const product = first[i]! * parts[i]!;
    const isMinus = (i === 1) === product >= 0;
    lines.push(...writtenSum(sum, isMinus ? "-" : "+", Math.abs(product)));
    sum += i === 1 ? -product : product;
  }
  return lines;
}

/** Refutes a numbered line with another value than the determinant without that column; all else is the general checker's. */
function checkStep(matrix: Matrix, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const value = /=(-?\d{1,9})$/.exec(line.body.replaceAll(" ", ""))?.[1];
  if (matrix.length === 3 && value !== undefined && /^[123]$/.test(line.label ?? "")) {
    const expected = String(determinant(minor(matrix, Number(line.label) - 1)));
    if (value !== expected) return refuted({ [`without column ${line.label}`]: expected, claimed: value });
  }
  return columnStep(line, context);
}

const checker: TaskChecker<Matrix> = {
  id: "determinants",
  recognise: readDeterminant,
  premises: () => [],
  checkStep,
  checkAnswer: (matrix, answer) => wholeAnswer(answer.replace(/^.*=/s, ""), String(determinant(matrix))),
  answerBy: "recomputing",
};

/** Determinants; at the default level two rows with entries to 19, or three with entries to 6. */
export const determinants: Family<Matrix> = {
  id: "determinants",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.sizes.map((size) => `${size}x${size}`),
  draw(random, level) {
    const { sizes, entry } = LEVELS[level - 1]!;
    const size = random.pick<number>(sizes);
    const most = entry[size]!;
    const number = () => random.int(-most, most);
    for (;;) {
      const matrix = Array.from({ length: size }, () => Array.from({ length: size }, number));
      if (Math.abs(determinant(matrix)) < 1000) return matrix;
    }
  },
  key: (matrix) => matrix.map((row) => row.join(" ")).join("; "),
  cell: ({ length }) => `${length}x${length}`,
  trace,
  answer: (matrix) => String(determinant(matrix)),
  verifier: () => ({ kind: "number" }),
  phrasings: determinantPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
