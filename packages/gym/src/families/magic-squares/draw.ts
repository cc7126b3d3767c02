// Draws magic squares: the numbers first, then gaps that lines with one gap fill. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { type Entry, type Square, solve } from "./square.ts";

/** Rows, gaps, largest number, and whether the sum is told, by level. */
const LEVELS = [
  { side: 3, gaps: [3, 5], largest: 25, told: [true] },
  { side: 3, gaps: [4, 6], largest: 33, told: [true, false] },
  { side: 4, gaps: [5, 8], largest: 30, told: [true, false] },
] as const;

/** How many levels there are. */
export const SQUARE_LEVELS = LEVELS.length;
/** `3x3 sum told`. */
export const cellOf = (side: number, isTold: boolean): string => `${side}x${side} sum ${isTold ? "told" : "not told"}`;
/** The cells of a level. */
export const cellsOf = (level: number): string[] =>
  LEVELS[level - 1]!.told.map((told) => cellOf(LEVELS[level - 1]!.side, told));

/** Letters of gaps: none is a line's name, or a word. */
const LETTERS = [..."pqstuvwxyz"];

/** A Latin square of order 4 whose diagonals have each number once; with its mirror image each pair stands once. */
const LATIN = [
  [0, 1, 2, 3],
  [2, 3, 0, 1],
  [3, 2, 1, 0],
  [1, 0, 3, 2],
] as const;

/** Distinct positive numbers up to `largest`, all lines with one sum. */
function drawNumbers(random: Random, side: 3 | 4, largest: number): number[][] {
  for (;;) {
    const rows = side === 3 ? drawThree(random, largest) : drawFour(random, largest);
    const numbers = rows.flat();
    const isFit =
      numbers.every((number) => number > 0 && number <= largest) && new Set(numbers).size === numbers.length;
    // A sum of three digits would need columns.
    if (isFit && rows[0]!.reduce((a, b) => a + b) < 100)
      return random.chance(0.5) ? rows : rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  }
}

function drawThree(random: Random, largest: number): number[][] {
  const [middle, a, b] = [random.int(5, largest - 4), random.int(-12, 12), random.int(-12, 12)];
  return [
    [middle - a, middle + a + b, middle - b],
    [middle + a - b, middle, middle - a + b],
    [middle + b, middle - a - b, middle + a],
  ];
}

function drawFour(random: Random, largest: number): number[][] {
  const numbers = () => Array.from({ length: 4 }, () => random.int(0, Math.floor(largest / 2)));
  const [first, second] = [numbers(), numbers()];
  return LATIN.map((row, i) => row.map((at, j) => first[at]! + second[LATIN[j]![i]!]! + 1));
}

/** A square of the level. */
export function drawSquare(random: Random, level: number): Square {
  const { side, gaps, largest, told } = LEVELS[level - 1]!;
  const isTold: boolean = random.pick(told);
  for (;;) {
    const numbers = drawNumbers(random, side, largest);
    const places = random.shuffle(numbers.flat().map((_, i) => i)).slice(0, random.int(gaps[0], gaps[1]));
    const start = random.below(LETTERS.length - places.length + 1);
    let used = start;
    const rows = numbers.map((row, i) =>
      row.map((number, j): Entry => (places.includes(i * side + j) ? LETTERS[used++]! : number)),
    );
    const sum = numbers[0]!.reduce((a, b) => a + b);
    const square: Square = isTold ? { rows, sum } : { rows };
    if (solve(square) !== undefined) return square;
  }
}
