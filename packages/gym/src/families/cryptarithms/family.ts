// Letter sums such as AB+BA=CDC. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { PUZZLE_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { CRYPTARITHM_LEVELS, cellOf, cellsOf, drawPuzzle } from "./draw.ts";
import { type Puzzle, puzzleKey, solutions, writeDigits } from "./puzzle.ts";
import { CRYPTARITHM_VOCABULARY, solve } from "./trace.ts";
import { cryptarithmPhrasings, readPuzzle } from "./wordings.ts";

const answers = (puzzle: Puzzle) => solutions(puzzle, 2).map((digits) => writeDigits(puzzle, digits));

/** Letter sums; the default level adds numbers of two digits. */
export const cryptarithms: Family<Puzzle> = {
  id: "cryptarithms",
  area: "logic",
  version: "1",
  levels: CRYPTARITHM_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawPuzzle,
  key: puzzleKey,
  cell: cellOf,
  trace: solve,
  answer: (puzzle) => answers(puzzle)[0]!,
  verifier: () => ({ kind: "assignment", task: "cryptarithms" }),
  vocabulary: CRYPTARITHM_VOCABULARY,
  leastWordings: 8,
  phrasings: cryptarithmPhrasings,
  solutions: answers,
  checker: checkerWith(readPuzzle),
  proofs: PUZZLE_PROOFS,
};
