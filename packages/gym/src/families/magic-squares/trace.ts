// How a magic square is solved, in lines. Owns the notation; knows no words of a question.
//
//   c1: 8 q t                                the rows, columns and diagonals (d1 from the upper left)
//   r2: 3+5+7=8+7=15                         a line without gaps gives the sum, where the question doesn't tell it
//   c1: 8+q+t=15, t=15-8-3=7-3=4             a line with one gap gives its number

import { lettersOf, linesOf, numberIn, type Square, type Step, solve, type Values } from "./square.ts";

/** Letters of the lines' names, and their numbers. */
export const SQUARE_VOCABULARY: readonly string[] = [..."rcd", ..."1234"];

/** `3+5+7=8+7=15`: the sum of a line, one addition a time. */
function sumSides(numbers: readonly number[]): string[] {
  const sides: string[] = [];
  for (let left = [...numbers]; ; left = [left[0]! + left[1]!, ...left.slice(2)]) {
    sides.push(left.join("+"));
    if (left.length === 1) return sides;
  }
}

/** `15-8-3=7-3=4`. */
function differenceSides(first: number, others: readonly number[]): string[] {
  const sides: string[] = [];
  for (let [left, away] = [first, others]; ; [left, away] = [left - away[0]!, away.slice(1)]) {
    sides.push([left, ...away].join("-"));
    if (away.length === 0) return sides;
  }
}

/** The line of one step. */
export function writeStep({ line, letter }: Step, sum: number, values: Values): string {
  const { name, entries } = line;
  const numbers = entries.filter((entry) => entry !== letter).map((entry) => numberIn(entry, values)!);
  if (letter === undefined) return `${name}: ${sumSides(numbers).join("=")}`;
  return `${name}: ${entries.join("+")}=${sum}, ${[letter, ...differenceSides(sum, numbers)].join("=")}`;
}

/** The reasoning of a square. */
export function writeTrace(square: Square): string[] {
  const lines = linesOf(square).map(({ name, entries }) => `${name}: ${entries.join(" ")}`);
  const values = new Map<string, number>();
  let sum = square.sum ?? 0;
  for (const step of solve(square) ?? []) {
    if (step.letter === undefined) sum = step.value;
    lines.push(writeStep(step, sum, values));
    if (step.letter !== undefined) values.set(step.letter, step.value);
  }
  return lettersOf(square).length === values.size ? lines : [];
}
