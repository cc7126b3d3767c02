// Finite automata and regular expressions: where does a word lead, is it accepted, does it match? Owns the family's entry.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { automatonChecker } from "./checker.ts";
import { ASKS, drawProblem, LEVELS, type Problem, problemKey, solve } from "./problem.ts";
import { traceProblem, VOCABULARY } from "./trace.ts";
import { automatonPhrasings, readProblem } from "./wordings.ts";

const CELLS = { state: "last state", accept: "acceptance", match: "regular expression" } as const;

function answer(problem: Problem, language: Language): string {
  const solved = solve(problem);
  return problem.ask === "state" || language === "en" ? solved : solved === "yes" ? "是" : "否";
}

/** Finite automata; the default level has three or four states and words of four to seven letters. */
export const finiteAutomata: Family<Problem> = {
  id: "finite-automata",
  area: "code",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => ASKS.filter((ask) => ask !== "match" || LEVELS[level - 1]!.matches).map((ask) => CELLS[ask]),
  draw: drawProblem,
  key: problemKey,
  cell: ({ ask }) => CELLS[ask],
  trace: traceProblem,
  answer,
  verifier: ({ ask }) => ({ kind: ask === "state" ? "text" : "choice" }),
  vocabulary: VOCABULARY,
  phrasings: automatonPhrasings,
  leastWordings: 8,
  // Half of the problems are answered by yes or no, evenly.
  commonest: 0.32,
  checker: automatonChecker(readProblem),
  proofs: MATHEMATICAL_PROOFS,
};
