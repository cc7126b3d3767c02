// Square matrices of two or three rows: which of them a text holds, their minors and determinants.

import { type Matrix, readMatrices, type Spelling } from "../../matrix.ts";

/** The spellings that questions use. */
export const SPELLINGS = ["[[,]]", "[;]", "(;)", "|;|"] as const satisfies readonly Spelling[];

/** The one matrix in a text; undefined where there is none, there are several, or it isn't square. */
export function readMatrix(text: string): Matrix | undefined {
  const [found, ...others] = readMatrices(text);
  return found === undefined || others.length > 0 || found.matrix.length !== found.matrix[0]!.length
    ? undefined
    : found.matrix;
}

/** The matrix without its first row and one column. */
export const minor = (matrix: Matrix, column: number): Matrix =>
  matrix.slice(1).map((row) => row.filter((_, i) => i !== column));

/** The determinant, along the first row. */
export function determinant(matrix: Matrix): number {
  if (matrix.length === 1) return matrix[0]![0]!;
  return matrix[0]!.reduce((sum, value, i) => sum + (i % 2 === 0 ? 1 : -1) * value * determinant(minor(matrix, i)), 0);
}
