// Draws letter sums: two numbers become words, then letters are given away until one solution is left. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { lettersOf, type Puzzle, solutions } from "./puzzle.ts";
import { solve } from "./trace.ts";

/** Digits of the addends, and lines of the search at least and at most, by level. */
const LEVELS = [
  {
    lengths: [
      [2, 1],
      [2, 2],
    ],
    lines: [6, 16],
  },
  { lengths: [[2, 2]], lines: [10, 28] },
  {
    lengths: [
      [3, 2],
      [3, 3],
    ],
    lines: [14, 40],
  },
] as const;

/** How many levels there are. */
export const CRYPTARITHM_LEVELS = LEVELS.length;
/** `3+2 digits`, the longer addend first. */
export function cellOf({ addends }: Puzzle): string {
  const lengths = addends.map((word) => word.length).sort((a, b) => b - a);
  return `${lengths.join("+")} digits`;
}
/** The cells of a level. */
export const cellsOf = (level: number): string[] =>
  LEVELS[level - 1]!.lengths.map((lengths) => `${lengths.join("+")} digits`);

/** Letters of the puzzles: none looks like a digit. */
const LETTERS = [..."ABCDEFGHJKLMNPRSTUVWXYZ"];
/** Letters whose digits are left to find, at least. */
const FEWEST_UNKNOWN = 3;

/** A puzzle of the level, with one solution. */
export function drawPuzzle(random: Random, level: number): Puzzle {
  const { lengths, lines } = LEVELS[level - 1]!;
  const wanted = random.pick<readonly [number, number]>(lengths);
  for (;;) {
    const [a, b] = random.shuffle(wanted).map((length) => random.int(10 ** (length - 1), 10 ** length - 1)) as [
      number,
      number,
    ];
    const digits = [...new Set(`${a}${b}${a + b}`)];
    const names = random.chance(0.6) ? LETTERS : random.shuffle(LETTERS);
    const word = (n: number) => [...`${n}`].map((digit) => names[digits.indexOf(digit)]!).join("");
    let puzzle: Puzzle = { addends: [word(a), word(b)], sum: word(a + b), known: new Map() };
    for (const letter of random.shuffle(lettersOf(puzzle))) {
      if (solutions(puzzle, 2).length === 1) break;
      puzzle = { ...puzzle, known: new Map([...puzzle.known, [letter, Number(digits[names.indexOf(letter)])]]) };
    }
    const unknown = digits.length - puzzle.known.size;
    const size = unknown < FEWEST_UNKNOWN ? 0 : solve(puzzle).length;
    if (size >= lines[0] && size <= lines[1]) return puzzle;
  }
}
