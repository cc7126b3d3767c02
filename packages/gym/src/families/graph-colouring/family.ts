// Graph colouring: maps, exams, rooms. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { PUZZLE_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { COLOURING_LEVELS, cellOf, cellsOf, drawProblem } from "./draw.ts";
import { completions, lettersOf, type Problem, problemKey, writeColouring } from "./problem.ts";
import { COLOURING_VOCABULARY, reason } from "./trace.ts";
import { colouringPhrasings, readProblem } from "./wordings.ts";

const answers = (problem: Problem) => completions(problem, 2).map((colouring) => writeColouring(problem, colouring));

/** Graph colouring; the default level has six nodes. */
export const graphColouring: Family<Problem> = {
  id: "graph-colouring",
  area: "logic",
  version: "1",
  levels: COLOURING_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawProblem,
  key: problemKey,
  cell: (problem) => cellOf(lettersOf(problem).length, reason(problem).tries),
  trace: (problem) => reason(problem).lines,
  answer: (problem) => answers(problem)[0]!,
  verifier: () => ({ kind: "assignment", task: "graph-colouring" }),
  vocabulary: COLOURING_VOCABULARY,
  leastWordings: 8,
  phrasings: colouringPhrasings,
  solutions: answers,
  checker: checkerWith(readProblem),
  proofs: PUZZLE_PROOFS,
};
