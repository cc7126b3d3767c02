// Tasks with prerequisites: can they be done, in which order, how soon? Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { ASKS, drawProblem, type Problem, problemKey, TASK_LEVELS } from "./tasks.ts";
import { resultOf, TASK_VOCABULARY, writeTrace } from "./trace.ts";
import { readProblem, taskPhrasings } from "./wordings.ts";

/** Tasks with prerequisites; the default level has five tasks. */
export const topologicalOrder: Family<Problem> = {
  id: "topological-order",
  area: "search",
  version: "1",
  levels: TASK_LEVELS,
  defaultLevel: 2,
  cells: () => ASKS,
  draw: drawProblem,
  key: problemKey,
  cell: ({ ask }) => ask,
  trace: writeTrace,
  answer: (problem, language) => resultOf(problem, language) ?? (language === "en" ? "impossible" : "不可能"),
  verifier: ({ ask }) => {
    if (ask === "order") return { kind: "tuple", task: "topological-order" };
    return { kind: ask === "time" ? "number" : "choice" };
  },
  vocabulary: TASK_VOCABULARY,
  phrasings: taskPhrasings,
  leastWordings: 8,
  checker: checkerWith(readProblem),
  // A task may be called A: a word that noise would replace.
  keepsGlue: true,
  proofs: MATHEMATICAL_PROOFS,
};
