// Zebra puzzles: who lives where, with what, in a row of houses. Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { NAMES } from "../ordering/names.ts";
import { CATEGORIES } from "./categories.ts";
import { checkerWith } from "./checker.ts";
import { cellOf, cellsOf, drawPuzzle, ZEBRA_LEVELS } from "./draw.ts";
import { type Puzzle, puzzleKey, solutions, solve } from "./puzzle.ts";
import { readPuzzle } from "./read.ts";
import { BESIDE, type Naming, writeAnswer, writeTrace } from "./trace.ts";
import { zebraPhrasings } from "./wordings.ts";

const namingOf = ({ categories }: Puzzle, language: Language): Naming => ({
  language,
  names: categories.flatMap(({ id, words }) => words.map((word) => CATEGORIES[id]![language].words[word]!)),
});

/** A drawn puzzle's solution: elimination always finds it. */
const solutionOf = (puzzle: Puzzle): readonly number[] => solve(puzzle)!;

/** Zebra puzzles; the default level has three houses and three categories. */
export const zebra: Family<Puzzle> = {
  id: "zebra",
  area: "logic",
  version: "1",
  levels: ZEBRA_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawPuzzle,
  key: (puzzle) => puzzleKey(puzzle, solutionOf(puzzle)),
  cell: ({ houses, categories }) => cellOf(houses, categories.length),
  trace: (puzzle, language) => writeTrace(puzzle, solutionOf(puzzle), namingOf(puzzle, language)),
  answer: (puzzle, language) => writeAnswer(puzzle, solutionOf(puzzle), namingOf(puzzle, language)),
  solutions: (puzzle, language) =>
    solutions(puzzle, 2).map((solution) => writeAnswer(puzzle, solution, namingOf(puzzle, language))),
  verifier: ({ ask }) => ({ kind: ask.want === "house" ? "number" : "choice" }),
  vocabulary: ["1", "2", "3", "4", BESIDE.en, BESIDE.zh],
  phrasings: zebraPhrasings,
  checker: checkerWith(readPuzzle),
  names: NAMES,
  carriers: "keep-case",
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency", "unique"],
};
