// Stack machines: expressions in reverse Polish notation and small programs that push, copy, swap and reckon. Owns the family's entry.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { stackChecker } from "./checker.ts";
import { drawProblem, LEVELS } from "./draw.ts";
import { type Problem, problemKey, solve } from "./machine.ts";
import { traceProblem, VOCABULARY } from "./trace.ts";
import { readProblem, stackPhrasings } from "./wordings.ts";

const CELLS = { value: "reverse Polish", stack: "final stack", top: "top of the stack" } as const;

/** Stack machines; the default level has up to four operators or eight instructions. */
export const stackMachines: Family<Problem> = {
  id: "stack-machines",
  area: "code",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: () => Object.values(CELLS),
  draw: drawProblem,
  key: problemKey,
  cell: ({ ask }) => CELLS[ask],
  trace: traceProblem,
  answer: solve,
  verifier: ({ ask }) => ({ kind: ask === "stack" ? "text" : "number" }),
  vocabulary: VOCABULARY,
  phrasings: stackPhrasings,
  leastWordings: 8,
  checker: stackChecker(readProblem),
  // Whole prompts share runs of words that are code (`push 3 push 4 add`); the family's test compares them without it.
  proofs: MATHEMATICAL_PROOFS.filter((name) => name !== "prompts"),
};
