// Ways on maps of squares: how many steps, or which ones. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { SEARCH_WORDS } from "../../search-lines.ts";
import { checkerWith, LETTERS, lengthOf, routeOf, writeTrace } from "./checker.ts";
import { cellsOf, drawProblem, GRID_LEVELS, type Problem, problemKey } from "./grid.ts";
import { gridPhrasings, readProblem } from "./wordings.ts";

/** Ways on maps; the default level has up to five rows of five squares. */
export const gridPaths: Family<Problem> = {
  id: "grid-paths",
  area: "search",
  version: "1",
  levels: GRID_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawProblem,
  key: problemKey,
  cell: ({ ask }) => ask,
  trace: writeTrace,
  answer: (problem, language) => {
    if (lengthOf(problem) === undefined) return language === "en" ? "impossible" : "不可能";
    return problem.ask === "length" ? `${lengthOf(problem)}` : routeOf(problem, language)!;
  },
  verifier: ({ ask }) => (ask === "length" ? { kind: "number" } : { kind: "tuple", task: "grid-paths" }),
  vocabulary: [...SEARCH_WORDS, ...LETTERS.en, ...LETTERS.zh, "impossible", "不可能"],
  phrasings: gridPhrasings,
  leastWordings: 8,
  checker: checkerWith(readProblem),
  proofs: MATHEMATICAL_PROOFS,
};
