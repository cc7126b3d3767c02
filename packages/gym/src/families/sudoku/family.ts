// Sudokus of four or six rows. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { PUZZLE_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { cellOf, cellsOf, drawSudoku, SUDOKU_LEVELS } from "./draw.ts";
import { fillings, type Sudoku, sudokuKey, writeRows } from "./grid.ts";
import { fill, SUDOKU_VOCABULARY } from "./trace.ts";
import { readSudoku, sudokuPhrasings } from "./wordings.ts";

/** Sudokus; the default level has four rows and few givens. */
export const sudoku: Family<Sudoku> = {
  id: "sudoku",
  area: "logic",
  version: "1",
  levels: SUDOKU_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawSudoku,
  key: sudokuKey,
  cell: (puzzle) => cellOf(puzzle.side, fill(puzzle).needs),
  trace: (puzzle) => fill(puzzle).lines,
  answer: ({ side, solution }) => writeRows(side, solution),
  verifier: () => ({ kind: "text", task: "sudoku" }),
  vocabulary: SUDOKU_VOCABULARY,
  leastWordings: 8,
  phrasings: sudokuPhrasings,
  solutions: ({ side, given }) => fillings(side, given, 2).map((grid) => writeRows(side, grid)),
  checker: checkerWith(readSudoku),
  proofs: PUZZLE_PROOFS,
};
