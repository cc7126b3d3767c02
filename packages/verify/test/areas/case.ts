// What every area of the equivalence proof gives: two texts with known truth, the kernel's question, and the same question for SymPy where
// it can be asked.

import type { Verdict } from "@lemma/protocol";
import { equivalent } from "../../src/index.ts";
import type { TestRandom } from "../random.ts";

/** One pair; `equal` holds by construction. */
export interface Case {
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  readonly judge: () => Verdict;
  readonly oracle?: object;
}

/** Draws one pair of an area. */
export type Draw = (random: TestRandom, equal: boolean) => Case;

/** A case that `equivalent` judges. */
export const pair = (a: string, b: string, equal: boolean, oracle?: object): Case => ({
  a,
  b,
  equal,
  judge: () => equivalent(a, b),
  ...(oracle === undefined ? {} : { oracle }),
});
