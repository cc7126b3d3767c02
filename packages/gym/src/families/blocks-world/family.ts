// Blocks on a table: rearrange stacks, one top block at a time. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { CELLS, type Puzzle, puzzleKey } from "./blocks.ts";
import { checkerWith } from "./checker.ts";
import { BLOCKS_LEVELS, drawPuzzle } from "./draw.ts";
import { search } from "./search.ts";
import { BLOCKS_VOCABULARY, writePlan, writeTrace } from "./trace.ts";
import { blocksPhrasings, readPuzzle } from "./wordings.ts";

/** Blocks on a table; the default level has four blocks. */
export const blocksWorld: Family<Puzzle> = {
  id: "blocks-world",
  area: "search",
  version: "1",
  levels: BLOCKS_LEVELS,
  defaultLevel: 2,
  cells: () => CELLS,
  draw: drawPuzzle,
  key: puzzleKey,
  cell: ({ ask }) => ask,
  trace: writeTrace,
  answer: (puzzle, language) => {
    const { plan } = search(puzzle);
    if (plan === undefined) return language === "en" ? "impossible" : "不可能";
    return puzzle.ask === "least" ? `${plan.length}` : writePlan(plan, language);
  },
  verifier: ({ ask }) => (ask === "least" ? { kind: "number" } : { kind: "tuple", task: "blocks-world" }),
  vocabulary: BLOCKS_VOCABULARY,
  phrasings: blocksPhrasings,
  leastWordings: 8,
  checker: checkerWith(readPuzzle),
  // A block may be called A: a word that noise would replace.
  keepsGlue: true,
  proofs: MATHEMATICAL_PROOFS,
};
