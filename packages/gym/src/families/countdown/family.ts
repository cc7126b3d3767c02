// Countdown: make a target from numbers. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { checkerWith } from "./checker.ts";
import { COUNTDOWN_LEVELS, cellOf, cellsOf, drawPuzzle, type Puzzle, puzzleKey } from "./puzzle.ts";
import { BACK, solve } from "./trace.ts";
import { countdownPhrasings, readPuzzle } from "./wordings.ts";

/** Countdown; the default level has four numbers. */
export const countdown: Family<Puzzle> = {
  id: "countdown",
  area: "arithmetic",
  version: "1",
  levels: COUNTDOWN_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawPuzzle,
  key: puzzleKey,
  cell: ({ numbers }) => cellOf(numbers.length),
  trace: (puzzle) => solve(puzzle)?.lines ?? [],
  answer: (puzzle) => solve(puzzle)?.expression ?? "",
  verifier: () => ({ kind: "expression", task: "countdown" }),
  vocabulary: ["left", BACK.slice(1, -1)],
  phrasings: countdownPhrasings,
  checker: checkerWith(readPuzzle),
  proofs: [
    "reproducible",
    "wordings",
    "prompts",
    "questions",
    "computable",
    "steps",
    "answers",
    "perturbations",
    "frequency",
  ],
};
