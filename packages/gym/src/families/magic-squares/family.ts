// Magic squares with missing numbers. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { PUZZLE_PROOFS } from "../../proof-names.ts";
import { checkerWith } from "./checker.ts";
import { cellOf, cellsOf, drawSquare, SQUARE_LEVELS } from "./draw.ts";
import { eliminate, type Square, squareKey, valuesOf, writeValues } from "./square.ts";
import { SQUARE_VOCABULARY, writeTrace } from "./trace.ts";
import { readSquare, squarePhrasings } from "./wordings.ts";

/** Magic squares; the default level has three rows. */
export const magicSquares: Family<Square> = {
  id: "magic-squares",
  area: "logic",
  version: "1",
  levels: SQUARE_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawSquare,
  key: squareKey,
  cell: ({ rows, sum }) => cellOf(rows.length, sum !== undefined),
  trace: writeTrace,
  answer: (square) => writeValues(square, valuesOf(square)),
  verifier: () => ({ kind: "assignment", task: "magic-squares" }),
  vocabulary: SQUARE_VOCABULARY,
  leastWordings: 8,
  phrasings: squarePhrasings,
  solutions(square) {
    const values = eliminate(square);
    return values === undefined ? [] : [writeValues(square, values)];
  },
  checker: checkerWith(readSquare),
  proofs: PUZZLE_PROOFS,
};
