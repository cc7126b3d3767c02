// Contracts of numbered clauses, and what they decide: terms, duties, amounts, endings, amendments. Owns the family's entry; its parts
// stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { type Contract, cellOf, contractKey } from "./contract.ts";
import { CONTRACT_LEVELS, cellsOf, drawContract } from "./draw.ts";
import { PARTIES } from "./parties.ts";
import { CONTRACT_VOCABULARY, writeAnswer, writeTrace } from "./trace.ts";
import { contractPhrasings, readContract } from "./wordings.ts";

/** Contracts; the default level has eight clauses. */
export const contractClauses: Family<Contract> = {
  id: "contract-clauses",
  area: "documents",
  version: "1",
  levels: CONTRACT_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawContract,
  key: contractKey,
  cell: cellOf,
  trace: writeTrace,
  answer: (contract, language) => writeAnswer(contract, language),
  verifier: () => ({ kind: "choice", task: "contract-clauses" }),
  vocabulary: [...CONTRACT_VOCABULARY, ..."2 3 4 5 6 7 8 9 10 11 12 28 29 30 31 100".split(" ")],
  phrasings: contractPhrasings,
  leastWordings: 8,
  checker: checkerWith(readContract),
  names: PARTIES,
  keepsGlue: true,
  carriers: "keep-case",
  proofs: MATHEMATICAL_PROOFS,
};
