// Sorting and searching by hand: lists after some passes of bubble, selection and insertion sort, swaps and comparisons, the probes of a
// binary search. Owns the family's entry.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { sortingChecker } from "./checker.ts";
import { CELLS, cellOf, drawProblem, LEVELS, type Problem, problemKey, solve } from "./problem.ts";
import { traceProblem, VOCABULARY } from "./trace.ts";
import { readProblem, sortingPhrasings } from "./wordings.ts";

/** Sorting steps; the default level sorts four or five numbers and searches among seven to eleven. */
export const sortingSteps: Family<Problem> = {
  id: "sorting-steps",
  area: "code",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: () => CELLS,
  draw: drawProblem,
  key: problemKey,
  cell: cellOf,
  trace: traceProblem,
  answer: solve,
  verifier: ({ ask }) => ({ kind: ask === "swaps" || ask === "comparisons" ? "number" : "text" }),
  vocabulary: VOCABULARY,
  phrasings: sortingPhrasings,
  leastWordings: 8,
  checker: sortingChecker(readProblem),
  proofs: MATHEMATICAL_PROOFS,
};
