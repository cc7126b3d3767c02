// Shortest ways on roads with lengths: how long, or through which towns. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { cellsOf, drawProblem, type Problem, problemKey, ROAD_LEVELS, search } from "./roads.ts";
import { ROAD_VOCABULARY, writeTrace } from "./trace.ts";
import { readProblem, roadPhrasings } from "./wordings.ts";

/** Shortest ways on roads; the default level has five towns. */
export const shortestPaths: Family<Problem> = {
  id: "shortest-paths",
  area: "search",
  version: "1",
  levels: ROAD_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawProblem,
  key: problemKey,
  cell: ({ ask }) => ask,
  trace: writeTrace,
  answer: (problem, language) => {
    const { way } = search(problem);
    if (way === undefined) return language === "en" ? "impossible" : "不可能";
    return problem.ask === "length" ? `${way.at(-1)!.length}` : way.map(({ town }) => town).join(", ");
  },
  verifier: ({ ask }) => (ask === "length" ? { kind: "number" } : { kind: "tuple", task: "shortest-paths" }),
  vocabulary: ROAD_VOCABULARY,
  phrasings: roadPhrasings,
  leastWordings: 8,
  checker: checkerWith(readProblem),
  // A town may be called A: a word that noise would replace.
  keepsGlue: true,
  proofs: MATHEMATICAL_PROOFS,
};
