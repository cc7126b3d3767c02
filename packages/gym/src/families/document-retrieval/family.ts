// Registers of people in long documents, and what they say: a fact, the last of several numbers, a comparison, a count, who it is. Owns the
// family's entry; its parts stand beside.

import { PROOF_SHARES, SIZES } from "../../documents/numbered.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { drawRegister } from "./draw.ts";
import { CELLS, type Register, registerKey } from "./register.ts";
import { REGISTER_VOCABULARY, writeAnswer, writeTrace } from "./trace.ts";
import { readRegister, registerPhrasings } from "./wordings.ts";

/** Retrieval from documents; the default level has some 500 tokens. */
export const documentRetrieval: Family<Register> = {
  id: "document-retrieval",
  area: "documents",
  version: "1",
  levels: SIZES.length,
  defaultLevel: 1,
  cells: () => CELLS,
  draw: drawRegister,
  key: registerKey,
  cell: ({ ask }) => ask.kind,
  trace: writeTrace,
  answer: (register, language) => writeAnswer(register, language),
  verifier: () => ({ kind: "choice", task: "document-retrieval" }),
  vocabulary: REGISTER_VOCABULARY,
  phrasings: registerPhrasings,
  leastWordings: 8,
  checker: checkerWith(readRegister),
  keepsGlue: true,
  carriers: "keep-case",
  proofShares: PROOF_SHARES,
  proofs: MATHEMATICAL_PROOFS,
};
