// The bound of the sizes against the similarity itself: a set within another reaches the quotient of the sizes exactly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { jaccard, mayReach } from "./jaccard.ts";

const setOf = (size: number): Uint32Array => Uint32Array.from({ length: 2 * size }, (_, i) => (i % 2 === 0 ? i : 1));

test("the bound of the sizes never refuses what the similarity allows", () => {
  const sets = Array.from({ length: 121 }, (_, size) => setOf(size));
  for (let large = 1; large <= 120; large++)
    for (let small = 1; small <= large; small++) {
      const [a, b] = [sets[small]!, sets[large]!];
      const similarity = jaccard(a, b);
      assert.equal(similarity, small / large);
      for (const least of [similarity, 0.55, 0.7, 0.8, 0.9])
        assert.equal(mayReach(least, a, b), similarity >= least, `${small} of ${large}, at least ${least}`);
    }
  assert.equal(mayReach(0.55, setOf(55), setOf(100)), true); // 0.55 * 100 is more than 55
  assert.equal(mayReach(0.5, setOf(0), setOf(0)), false);
});
