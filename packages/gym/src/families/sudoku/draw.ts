// Draws sudokus: a filled grid first, then blanks as long as one solution is left. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { fillings, type Side, type Sudoku } from "./grid.ts";
import { BACK, type Filling, fill } from "./trace.ts";

/** What filling needs: the side, the blanks, and lines and steps taken back at most. */
interface Kind {
  readonly side: Side;
  readonly needs: Filling["needs"];
  readonly blanks: readonly [number, number];
  readonly lines: number;
  readonly backs: number;
}

// A grid of four rows with one solution never needs more than candidates.
const LEVELS: readonly (readonly Kind[])[] = [
  [{ side: 4, needs: "candidates", blanks: [5, 8], lines: 40, backs: 0 }],
  [{ side: 4, needs: "candidates", blanks: [9, 12], lines: 40, backs: 0 }],
  [
    { side: 6, needs: "candidates", blanks: [15, 22], lines: 70, backs: 0 },
    { side: 6, needs: "places", blanks: [21, 27], lines: 100, backs: 0 },
    { side: 6, needs: "tries", blanks: [21, 27], lines: 130, backs: 8 },
  ],
];

/** How many levels there are. */
export const SUDOKU_LEVELS = LEVELS.length;
/** `4x4 places`: the grid and what filling it needs. */
export const cellOf = (side: Side, needs: Filling["needs"]): string => `${side}x${side} ${needs}`;
/** The cells of a level. */
export const cellsOf = (level: number): string[] => LEVELS[level - 1]!.map(({ side, needs }) => cellOf(side, needs));

/** A puzzle of the level; tries are rarer, for few grids need them. */
export function drawSudoku(random: Random, level: number): Sudoku {
  const {
    side,
    needs,
    blanks: range,
    lines,
    backs,
  } = random.weighted(LEVELS[level - 1]!.map((kind) => [kind, kind.needs === "tries" ? 1 : 2] as const));
  for (;;) {
    const empty = Array.from({ length: side * side }, () => 0);
    const solution = fillings(side, empty, 1, (digits) => random.shuffle(digits))[0]!;
    const wish = random.int(range[0], range[1]);
    const given = [...solution];
    let blanks = 0;
    for (const cell of random.shuffle(given.map((_, i) => i))) {
      if (blanks === wish) break;
      given[cell] = 0;
      if (fillings(side, given, 2).length > 1) given[cell] = solution[cell]!;
      else blanks++;
    }
    if (blanks < range[0]) continue;
    const filling = fill({ side, given });
    const back = filling.lines.filter((line) => line === BACK).length;
    if (filling.needs === needs && filling.lines.length <= lines && back <= backs) return { side, given, solution };
  }
}
