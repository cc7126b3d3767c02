// Probability: urns, numbers, coins, dice, repeated tries, two-way tables and tests that err. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { show } from "../fractions/problem.ts";
import { checkerWith } from "./checker.ts";
import { cellOf, cellsOf, draw, LEVEL_COUNT } from "./draw.ts";
import { keyOf, named, type Probability } from "./problem.ts";
import { trace } from "./trace.ts";
import { probabilityPhrasings, readProbability } from "./wordings.ts";

/** Probability; the default level has two draws, dice, coins and repeated tries. */
export const probability: Family<Probability> = {
  id: "probability",
  area: "probability",
  version: "1",
  levels: LEVEL_COUNT,
  defaultLevel: 2,
  cells: cellsOf,
  draw,
  key: keyOf,
  cell: cellOf,
  trace,
  answer: (problem) => show(...named(problem).P),
  verifier: () => ({ kind: "number" }),
  // The faces of dice, a hundred percent, and the labels.
  vocabulary: [
    ..."1 2 3 4 5 6 7 8 9 10 11 12 100".split(" "),
    "gcd",
    "all",
    "wanted",
    "others",
    "none",
    "not",
    "order",
    "P",
  ],
  phrasings: probabilityPhrasings,
  leastWordings: 8,
  checker: checkerWith(readProbability),
  carriers: "keep-case",
  keepsGlue: true,
  proofs: MATHEMATICAL_PROOFS,
};
