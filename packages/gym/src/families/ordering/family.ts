// Ordering puzzles: three to six people, facts about pairs, who stands where. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { orderingChecker } from "./checker.ts";
import { readFacts } from "./facts.ts";
import { NAMES } from "./names.ts";
import {
  drawPuzzle,
  ORDERING_LEVELS,
  ordersOf,
  type Puzzle,
  puzzleAnswer,
  puzzleKey,
  puzzleTrace,
  sizesOf,
} from "./puzzle.ts";
import { orderingPhrasings } from "./wordings.ts";

const cellOf = (people: number) => `${people} people`;

/** Ordering puzzles; the default level has three to five people and sometimes a redundant fact. */
export const ordering: Family<Puzzle> = {
  id: "ordering",
  area: "logic",
  version: "4",
  levels: ORDERING_LEVELS,
  defaultLevel: 2,
  cells: (level) => sizesOf(level).map(cellOf),
  draw: drawPuzzle,
  key: puzzleKey,
  cell: ({ order }) => cellOf(order.length),
  trace: (puzzle, language, question = "") =>
    puzzleTrace(
      puzzle,
      language,
      readFacts(question).map(({ text }) => text),
    ),
  answer: puzzleAnswer,
  verifier: ({ ask }) =>
    ask.what === "all" ? { kind: "tuple", of: "names", ascending: ask.start === "low" } : { kind: "choice" },
  solutions: (puzzle, language) => [
    ...new Set(ordersOf(puzzle).map((order) => puzzleAnswer({ ...puzzle, order }, language))),
  ],
  phrasings: orderingPhrasings,
  checker: orderingChecker,
  names: NAMES,
  carriers: "keep-case",
  proofs: ["reproducible", "wordings", "prompts", "questions", "steps", "answers", "frequency", "unique"],
};
