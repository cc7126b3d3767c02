// Measuring with jugs: reach an amount by filling, emptying and pouring. Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { SEARCH_WORDS } from "../../search-lines.ts";
import { checkerWith, jugLines } from "./checker.ts";
import { cellOf, cellsOf, drawPuzzle, JUG_LEVELS, type Puzzle, puzzleKey, writeMove } from "./jugs.ts";
import { jugPhrasings, readPuzzle } from "./wordings.ts";

function answer(puzzle: Puzzle, language: Language): string {
  const { way } = jugLines.search(puzzle);
  if (way === undefined) return language === "en" ? "impossible" : "不可能";
  if (puzzle.ask === "least") return `${way.length}`;
  return way.map(({ move }) => writeMove(move.move, puzzle.sizes, language)).join(", ");
}

/** Measuring with jugs; the default level has two jugs and a tap, or three jugs and what is in the first. */
export const waterJugs: Family<Puzzle> = {
  id: "water-jugs",
  area: "search",
  version: "1",
  levels: JUG_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawPuzzle,
  key: puzzleKey,
  cell: cellOf,
  trace: (puzzle, language) => jugLines.write(puzzle, language, puzzle.ask === "least" ? "moves" : "back"),
  answer,
  verifier: ({ ask }) => (ask === "least" ? { kind: "number" } : { kind: "tuple", task: "water-jugs" }),
  vocabulary: [...SEARCH_WORDS, "fill", "empty", "装满", "倒空", "impossible", "不可能"],
  phrasings: jugPhrasings,
  leastWordings: 8,
  checker: checkerWith(readPuzzle),
  keepsGlue: true,
  proofs: MATHEMATICAL_PROOFS,
};
