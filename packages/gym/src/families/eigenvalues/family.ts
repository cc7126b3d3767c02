// Eigenvalues of matrices with two rows, whole numbers. Owns problems, trace and checker; the roots of the characteristic equation are
// found and judged as those of any quadratic equation (families/quadratics). Made backwards: the eigenvalues are drawn first.
//
// The sum of the diagonal, labelled `tr`, and the determinant, labelled `det`, are the coefficients of the characteristic equation.

import { refuted, type StepContext, type StepLine, type TaskChecker, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import type { Matrix } from "../../matrix.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { writtenProduct, writtenSum } from "../../written.ts";
import { judgeRoots } from "../quadratics/family.ts";
import { discriminant, type Quadratic, roots, standardForm } from "../quadratics/problem.ts";
import { trace as rootLines, rootStep } from "../quadratics/trace.ts";
import { eigenvaluePhrasings, readEigenvalues } from "./wordings.ts";

/** By level: the largest eigenvalue and the largest entry, without their signs. */
const LEVELS = [
  { value: 5, entry: 6 },
  { value: 9, entry: 12 },
  { value: 15, entry: 20 },
] as const;

/** Squares beyond this are no table. */
const LARGEST_SQUARE = 31;

const entries = ([[a = 0, b = 0] = [], [c = 0, d = 0] = []]: Matrix): [number, number, number, number] => [a, b, c, d];

/** The characteristic equation, x² - (a+d)x + (ad-bc) = 0. */
export function characteristic(matrix: Matrix): Quadratic {
  const [a, b, c, d] = entries(matrix);
  return { letter: "x", a: 1, b: -(a + d) || 0, c: a * d - b * c };
}

function draw(random: Random, level: number): Matrix {
  const { value, entry } = LEVELS[level - 1]!;
  const within = (number: number) => Math.abs(number) <= entry;
  const isDouble = random.chance(0.25);
  for (;;) {
    const r = random.int(-value, value);
    const s = isDouble ? r : random.int(-value, value);
    const a = random.int(-entry, entry);
    const d = r + s - a;
    const crossed = a * d - r * s;
    const b = random.int(-entry, entry);
    // Where b·c must be 0 and b isn't, c is; else c completes the product.
    const c = b === 0 ? random.int(-entry, entry) : crossed / b;
    if ((isDouble ? r !== s : r === s) || (b === 0 && c === 0) || b * c !== crossed) continue;
    if (!Number.isInteger(c) || !within(c) || !within(d) || Math.abs(r + s) > LARGEST_SQUARE) continue;
    return [
      [a, b],
      [c || 0, d],
    ];
  }
}

function trace(matrix: Matrix): string[] {
  const [a, b, c, d] = entries(matrix);
  const [over, cross] = [a * d || 0, b * c || 0];
  return [
    ...writtenSum(a, d < 0 ? "-" : "+", Math.abs(d), "tr"),
    ...writtenProduct(a, d, "ad"),
    ...writtenProduct(b, c, "bc"),
    ...writtenSum(over, cross < 0 ? "+" : "-", Math.abs(cross), "det"),
    ...rootLines(characteristic(matrix)),
  ];
}

/** Refutes a labelled line with another value than the matrix has; roots and their equation are judged by the equation. */
function checkStep(matrix: Matrix, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const [a, b, c, d] = entries(matrix);
  const values: Readonly<Record<string, number>> = { tr: a + d, ad: a * d, bc: b * c, det: a * d - b * c };
  const expected = values[line.label ?? ""];
  const claimed = /(?:^|=) ?(-?\d{1,9})$/.exec(line.body)?.[1];
  if (expected !== undefined && claimed !== undefined && Number(claimed) !== expected)
    return refuted({ [line.label!]: String(expected), claimed });
  return rootStep(characteristic(matrix), line, context) ?? columnStep(line, context);
}

/** Two rows and whole eigenvalues. */
function isProblem(matrix: Matrix): boolean {
  if (matrix.length !== 2 || matrix[0]!.length !== 2) return false;
  const equation = characteristic(matrix);
  return discriminant(equation) >= 0 && roots(equation) !== undefined;
}

const checker: TaskChecker<Matrix> = {
  id: "eigenvalues",
  recognise(question) {
    const matrix = readEigenvalues(question);
    return matrix !== undefined && isProblem(matrix) ? matrix : undefined;
  },
  premises: (matrix) => [standardForm(characteristic(matrix))],
  checkStep,
  checkAnswer: (matrix, answer) => judgeRoots(characteristic(matrix), answer),
  answerBy: "checking",
};

/** Whole eigenvalues; at the default level to 9, of matrices with entries to 12. */
export const eigenvalues: Family<Matrix> = {
  id: "eigenvalues",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: () => ["two eigenvalues", "double eigenvalue"],
  draw,
  key: (matrix) => matrix.map((row) => row.join(" ")).join("; "),
  cell: (matrix) => (discriminant(characteristic(matrix)) === 0 ? "double eigenvalue" : "two eigenvalues"),
  trace,
  answer: (matrix) => roots(characteristic(matrix))!.join(", "),
  verifier: () => ({ kind: "set" }),
  vocabulary: ["x", "D", "tr", "det", "ad", "bc", "2", "4"],
  phrasings: eigenvaluePhrasings,
  leastWordings: 8,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
