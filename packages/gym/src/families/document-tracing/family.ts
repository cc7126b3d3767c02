// Things that pass from hand to hand under changing codes in long documents: who has one in the end or after an entry, its last code, how often
// it moved and for how much. Owns the family's entry; its parts stand beside.

import { PROOF_SHARES, SIZES } from "../../documents/numbered.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { drawLedger } from "./draw.ts";
import { CELLS, type Ledger, ledgerKey } from "./ledger.ts";
import { LEDGER_VOCABULARY, writeAnswer, writeTrace } from "./trace.ts";
import { ledgerPhrasings, readLedger } from "./wordings.ts";

/** Chains through documents; the default level has some 500 tokens. */
export const documentTracing: Family<Ledger> = {
  id: "document-tracing",
  area: "documents",
  version: "1",
  levels: SIZES.length,
  defaultLevel: 1,
  cells: () => CELLS,
  draw: drawLedger,
  key: ledgerKey,
  cell: ({ ask }) => ask.kind,
  trace: writeTrace,
  answer: (ledger, language) => writeAnswer(ledger, language),
  verifier: () => ({ kind: "choice", task: "document-tracing" }),
  vocabulary: LEDGER_VOCABULARY,
  phrasings: ledgerPhrasings,
  leastWordings: 8,
  checker: checkerWith(readLedger),
  keepsGlue: true,
  carriers: "keep-case",
  proofShares: PROOF_SHARES,
  proofs: MATHEMATICAL_PROOFS,
};
