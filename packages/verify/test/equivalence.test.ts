// The equivalence proof in short: every area, no false proof, no false refutation, few unknown; SymPy judges a sample. The long form is
// the command in equivalence.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AREAS, type AreaResult, askAboutArea, proveArea, summary } from "./equivalence.ts";
import { testSeed } from "./random.ts";
import { sympyMissing } from "./sympy.ts";

const isLong = process.env.LEMMA_LONG !== undefined;
const PER_AREA = Number(process.env.LEMMA_TEST_PAIRS ?? (isLong ? 2000 : 200));
const JUDGED = isLong ? 200 : 8;

test("no false proof, no false refutation, few unknown", async (t) => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  const results: AreaResult[] = [];
  for (const area of Object.keys(AREAS)) {
    await t.test(area, () => {
      const result = proveArea(area, PER_AREA, seed);
      results.push(result);
      console.log(summary(result));
      assert.deepEqual(result.wrong, []);
      assert.ok(result.open.length <= PER_AREA * 0.03, `${result.open.length} unknown:\n${result.open.join("\n")}`);
    });
  }
  const unknown = results.reduce((sum, { open }) => sum + open.length, 0);
  console.log(`unknown overall: ${((100 * unknown) / (PER_AREA * results.length)).toFixed(2)} %`);
});

test("SymPy agrees on a sample of every area that it can judge", { skip: sympyMissing() }, () => {
  const seed = testSeed() + 1;
  let judged = 0;
  for (const area of Object.keys(AREAS)) {
    const answer = askAboutArea(area, JUDGED, seed);
    judged += answer.judged;
    console.log(`${area}: ${answer.judged} of ${JUDGED} judged by SymPy`);
    assert.deepEqual(answer.contradictions, []);
  }
  assert.ok(judged > JUDGED, `only ${judged} judged`);
});
