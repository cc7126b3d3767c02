// Sets: union, intersection, differences; sizes of products and power sets; inclusion and exclusion. Owns the family's entry; its parts stand
// beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { NAMES } from "../ordering/names.ts";
import { checkerWith } from "./checker.ts";
import { cellsOf, drawProblem, SET_LEVELS } from "./draw.ts";
import { cellOf, countOf, members, type Problem, problemKey, sizeOf } from "./problem.ts";
import { readProblem } from "./read.ts";
import { elementText, SET_VOCABULARY, writeTrace } from "./trace.ts";
import { setPhrasings } from "./wordings.ts";

function answer(problem: Problem, language: Language): string {
  if (problem.kind === "counts") return String(countOf(problem));
  if (problem.kind === "sizes") return String(sizeOf(problem));
  const list = members(problem.expression, problem.sets).map((one) => elementText(problem.of, one, language));
  return list.length === 0 ? "\\emptyset" : `\\{${list.join(", ")}\\}`;
}

/** Sets; the default level has up to six elements in a set and counts of two sets. */
export const setOperations: Family<Problem> = {
  id: "set-operations",
  area: "algebra",
  version: "1",
  levels: SET_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawProblem,
  key: problemKey,
  cell: cellOf,
  trace: writeTrace,
  answer,
  // Elements may stand in any order, and names in either language: the family judges.
  verifier: ({ kind }) => (kind === "elements" ? { kind: "set", task: "set-operations" } : { kind: "number" }),
  vocabulary: SET_VOCABULARY,
  phrasings: setPhrasings,
  leastWordings: 8,
  checker: checkerWith(readProblem),
  names: NAMES,
  keepsGlue: true,
  carriers: "keep-case",
  proofs: MATHEMATICAL_PROOFS,
};
