// Piece counts over gym text: every family, level, language and trained wording, train split only, the same number of
// rows each. Owns the sample that the vocabulary is learned from; held-out wordings and problems are never read.

import { converse, families, generateRow } from "@lemma/gym";
import { CUT_TOKENS } from "./build-tokenizer.ts";
import { PieceCounter, type PieceCounts } from "./piece-counts.ts";

/** Rows that a family contributes in each language, spread over its levels. */
const ROWS = 4000;
const SEED = 1;

/** Counts pieces over the gym as it stands; the same gym gives the same counts. */
export function countGymPieces(rows: number = ROWS): PieceCounts {
  const counter = new PieceCounter(CUT_TOKENS);
  const tasks = families().map(({ id }) => id);
  for (const family of families()) {
    for (const language of ["en", "zh"] as const) {
      for (let index = 0; index < rows; index++) {
        // The default level is what the model mostly sees: every second row.
        const level = index % 2 === 0 ? family.defaultLevel : 1 + (Math.floor(index / 2) % family.levels);
        const row = generateRow({ task: family.id, level, language, seed: SEED, split: "train", index });
        for (const { content, reasoning_content } of converse(row, undefined, tasks)) {
          counter.add(content, 1);
          if (reasoning_content !== undefined) counter.add(reasoning_content, 1);
        }
      }
    }
  }
  return counter.counts();
}
