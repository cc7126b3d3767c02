// What a 2×2 system is, its plain spelling and its solution. Knows no wordings and no trace.

import { joinTerms, withUnit } from "../../signed.ts";

/** a·x + b·y = c. */
export type Row = readonly [a: number, b: number, c: number];

/** Two rows in two named unknowns, with one whole solution. */
export interface LinearSystem {
  readonly letters: readonly [string, string];
  readonly rows: readonly [Row, Row];
}

/** One equation in plain text: `3x-2y=4`. */
export const equation = ([a, b, c]: Row, [x, y]: readonly [string, string], space = ""): string =>
  `${joinTerms([withUnit(a, x), withUnit(b, y)], space)}${space}=${space}${c}`;

/** Both equations in plain text. */
export const equations = ({ rows, letters }: LinearSystem): [string, string] => [
  equation(rows[0], letters),
  equation(rows[1], letters),
];

/** Zero where there is no single solution. */
export const determinant = ({ rows: [[a, b], [d, e]] }: LinearSystem): number => a * e - d * b;

/** The solution, in the order of the letters. */
export function solution(problem: LinearSystem): [number, number] {
  const [[a, b, c], [d, e, f]] = problem.rows;
  const divisor = determinant(problem);
  return [(c * e - f * b) / divisor || 0, (a * f - d * c) / divisor || 0];
}
